/** What a venue's file of this folder gives: its messages and answers, read as trades. */
import type { Json } from './json.ts';

/** A trade as its venue wrote it: texts, for the caller to read exactly. What a message leaves out is undefined. */
export interface RawTrade {
  /** The venue's own symbol; undefined where the message does not say it, as in answers to a question about one. */
  readonly symbol: string | undefined;
  readonly id: string | undefined;
  /** A count since the epoch, or ISO 8601. */
  readonly time: string | undefined;
  /** The time is in whole seconds, while the venue's stream has it finer. */
  readonly isCoarse?: boolean | undefined;
  readonly price: string | undefined;
  /** Without a sign. */
  readonly quantity: string | undefined;
  /** 1 the taker bought, -1 the taker sold, NaN where nothing says it, 0 for a word that is not known. */
  readonly side: number;
  /** The word that is not known. */
  readonly word?: string | undefined;
}

/** Hears what a message holds. */
interface Sink {
  trade(trade: RawTrade): void;
  /** A trade that the venue's own dumps do not have, and why. */
  leftOut(reason: string): void;
}

/** Reads one message after the other of one connection; what is no trade is passed over. */
type FrameDecoder = (message: Json, sink: Sink) => void;

export interface FrameVenue {
  /** As in `binance websocket frames`. */
  readonly name: string;
  /** Profiles of the venue's markets. */
  readonly profiles: readonly string[];
  /** Whether `message` is this venue's and holds trades, or announces them. */
  knows(message: Json): boolean;
  /** For a connection of its own: some venues announce a symbol once and number it from then on. */
  decoder(): FrameDecoder;
}

/** Declares a venue's messages; it is the value itself, checked against the contract by the compiler. */
export function frameVenue(venue: FrameVenue): FrameVenue {
  return venue;
}

/** The taker's side by the word for it, compared without regard to case. */
export function sideByWord(word: string | undefined, bought: string, sold: string): Pick<RawTrade, 'side' | 'word'> {
  if (word === undefined) return { side: NaN };
  const lower = word.toLowerCase();
  if (lower === bought) return { side: 1 };
  return lower === sold ? { side: -1 } : { side: 0, word };
}

/** The taker's side and the quantity, of an amount whose sign is the side. */
export function sideBySign(amount: string | undefined): Pick<RawTrade, 'side' | 'quantity'> {
  if (amount === undefined) return { side: NaN, quantity: undefined };
  return amount.startsWith('-') ? { side: -1, quantity: amount.slice(1) } : { side: 1, quantity: amount };
}

/** The trades in the order in which they happened, of a message that has either the newest or the oldest first. */
export function oldestFirst(trades: readonly RawTrade[]): readonly RawTrade[] {
  const first = trades[0];
  const last = trades.findLast(({ symbol }) => symbol === first?.symbol);
  return last !== undefined && follows(first, last) ? trades.toReversed() : trades;
}

/** Whether `a` came after `b`, by time, then by ids that are numbers. */
function follows(a: RawTrade, b: RawTrade): boolean {
  if (a.time !== b.time) return compareTexts(a.time ?? '', b.time ?? '') > 0;
  const areNumbers = /^\d+$/.test(a.id ?? '') && /^\d+$/.test(b.id ?? '');
  return areNumbers && compareTexts(a.id ?? '', b.id ?? '') > 0;
}

/** Counts of one unit, whole or with decimals, and ISO times of one form, by what they count. */
function compareTexts(a: string, b: string): number {
  const whole = (text: string): number => /^\d+/.exec(text)?.[0].length ?? 0;
  if (whole(a) !== whole(b)) return whole(a) - whole(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
