/** How a venue says what it says: the other side of its messages, for a venue on this machine. */
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** A client's text. */
interface ClientAsk {
  /** Symbols that it subscribes to. */
  readonly subscribe?: readonly string[];
  /** What it gets back at once. */
  readonly reply?: string;
}

/** A question over REST. */
export interface RestAsk {
  readonly symbol: string;
  /** Trades from this id on, or of lower ids, or behind this time in microseconds; none of them: the newest. */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
  readonly since?: number | undefined;
  readonly limit: number;
}

export interface Dialect {
  ask(text: string): ClientAsk | undefined;
  acks(symbols: readonly string[]): readonly string[];
  nack(symbols: readonly string[], reason: string): string;
  /** Messages with these trades, the oldest first. */
  frames(symbol: string, trades: readonly Trade[]): readonly string[];
  /** What a new subscription begins with. */
  greeting?(symbol: string, trades: readonly Trade[]): string | undefined;
  /** Once a second; `last`: the newest id. */
  heartbeat?(symbol: string, last: number | undefined): string;
  /** A trade on the stream alone. */
  leftOut?(symbol: string, trade: Trade): string;
  /** Before it closes. */
  readonly goodbye: string | undefined;
  /** Undefined where the address is none. */
  question(url: URL): RestAsk | undefined;
  /** An answer; `trades` the oldest first. */
  page(symbol: string, trades: readonly Trade[]): string;
}

/** A number without an exponent, the shortest that is read as the same double. */
export function decimal(value: number): string {
  const text = String(value);
  const match = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (match === null) return text;
  return `0.${'0'.repeat(Number(match[3]) - 1)}${match[1]}${match[2] ?? ''}`;
}

/** ISO 8601 with microseconds. */
export function iso(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - 1000 * millis).padStart(3, '0');
  return new Date(millis).toISOString().replace('Z', `${rest}Z`);
}

/** The number in a query; undefined where there is none. */
export function numberIn(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  return text === null ? undefined : Number(text);
}

/** The JSON of a text; undefined where it is none. */
export function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Texts of a list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
