/** A clock whose bars are handed in by somebody else: made elsewhere, or read from a file of bars. */
import { formatTime } from '../base/time.ts';
import { shown } from '../trades/door.ts';
import type { Handling } from '../trades/intake.ts';
import { BAR_COLUMNS, BAR_FEATURES, COLUMN, type BarColumn, type BarTable, type Closing } from './bar.ts';
import type { Follower } from './clock.ts';
import { MOMENT_SLOTS } from './moments.ts';
import {
  BOUGHT,
  clearPart,
  CLOSE,
  DIRECTION_CHANGES,
  DOLLARS,
  HIGH,
  LOW,
  OPEN,
  PART_SLOTS,
  PRICES,
  PRICE_CHANGES,
  QUANTITIES,
  RETURNS,
  TICKS,
  VOLUME,
} from './part.ts';

/** A bar as a user has it; every column that is not given is NaN. */
export type GivenBar = { readonly [K in BarColumn]?: number } & {
  /** When the bar began; microseconds, UTC. */
  readonly open_time: number;
  /** When it ended, and, unless `available_at` says later, became known. */
  readonly close_time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

export interface GivenClock {
  /** When its newest bar opened and closed; NaN where there is none. */
  readonly opened: number;
  readonly closed: number;
  /** Takes one bar that was found to be one; `event` orders it among trades. */
  take(bar: GivenBar, event: number): void;
}

const ORDINAL = 0;
export const GIVEN_SLOTS = 1;

/** Columns of a clock, the newest bar at `end - 1`; NaN there where there is none. */
interface GivenTable extends BarTable {
  readonly end: number;
}

/** `state` holds GIVEN_SLOTS zeros at the start. */
export function createGivenClock(table: GivenTable, state: Float64Array, followers: readonly Follower[]): GivenClock {
  const part = new Float64Array(PART_SLOTS);
  const closing: Closing = { openTime: 0, closeTime: 0, availableAt: 0, partial: 0, event: 0 };
  return {
    get opened() {
      return table.data[COLUMN.open_time][table.end - 1];
    },
    get closed() {
      return table.data[COLUMN.close_time][table.end - 1];
    },
    take(bar, event) {
      closing.openTime = bar.open_time;
      closing.closeTime = bar.close_time;
      closing.availableAt = availableAtOf(bar);
      closing.partial = bar.partial ?? 0;
      closing.event = event;
      writeGiven(table, bar, closing, state[ORDINAL]++);
      fillPart(part, bar);
      for (const follower of followers) follower.absorb(part, closing);
    },
  };
}

/** When a bar became known. */
export function availableAtOf({ available_at: given, close_time: closed }: GivenBar): number {
  // What a file has no value for is as if it had not been given.
  return given === undefined || given !== given ? closed : given;
}

/** What is wrong with a given bar. */
export interface BarViolation {
  readonly expected: string;
  readonly found: string;
  /** Only the open or close is outside of low and high, as where the open is the close before: it can be used all the same. */
  readonly usable: boolean;
}

/** Why `bar` cannot be one; undefined where it can. */
export function violationOf(bar: GivenBar): BarViolation | undefined {
  const { open, high, low, close, volume, open_time: opened, close_time: closed } = bar;
  for (const name of REQUIRED) {
    if (!Number.isFinite(bar[name])) return broken(`${name} to be a finite number`, String(bar[name]));
  }
  if (closed < opened) return broken(`close_time of at least ${opened}`, String(closed));
  if (!Number.isInteger(closed) || !Number.isInteger(opened))
    return broken('times in whole microseconds', `${opened}, ${closed}`);
  const available = availableAtOf(bar);
  if (!(available >= closed && Number.isInteger(available)))
    return broken(`available_at of at least ${closed}`, String(bar.available_at));
  if (volume < 0) return broken('volume of at least 0', String(volume));
  const found = `open ${open}, high ${high}, low ${low}, close ${close}`;
  if (Math.min(open, high, low, close) <= 0) return broken('prices above 0', found);
  if (low > high) return broken('low <= high', found);
  if (low <= Math.min(open, close) && high >= Math.max(open, close)) return undefined;
  return { expected: 'open and close from low to high', found, usable: true };
}

/** What of a bar is not even a number; that is no case for a policy. */
export function complaintOfBar(bar: GivenBar): readonly [expected: string, found: string] | undefined {
  for (const name of REQUIRED) if (typeof bar[name] !== 'number') return [`${name} as a number`, shown(bar[name])];
  return undefined;
}

/**
 * Why `bar` cannot follow the one that opened and closed then, NaN where there was none: it would be counted twice. Bars may overlap;
 * those of trades of one microsecond begin together, each where the one before ended.
 */
export function stepBackOf(
  { open_time: opens, close_time: closes }: GivenBar,
  { opened, closed }: Pick<GivenClock, 'opened' | 'closed'>,
): readonly [expected: string, found: string] | undefined {
  const isAgain = opens === opened && opens < closed;
  const isInside = opens < opened && closes <= closed;
  if (!isAgain && !isInside) return undefined;
  const mend = 'leave out what files have twice, and read bars of one symbol and one length only';
  return [`a bar that opens after ${formatTime(opened)}, as the one before did (${mend})`, formatTime(opens)];
}

function broken(expected: string, found: string): BarViolation {
  return { expected, found, usable: false };
}

/** What becomes of a bar with a violation where the configuration says `invalid`: what cannot be used is not kept. */
export function handlingOf({ usable }: BarViolation, invalid: Handling): Handling {
  return invalid === 'keep' && !usable ? 'drop' : invalid;
}

function writeGiven(table: BarTable, bar: GivenBar, closing: Closing, ordinal: number): void {
  const i = table.append();
  for (let c = 0; c < BAR_COLUMNS.length; c++) table.data[c][i] = bar[BAR_COLUMNS[c]] ?? NaN;
  table.data[COLUMN.open_time][i] = closing.openTime;
  table.data[COLUMN.close_time][i] = closing.closeTime;
  table.data[COLUMN.available_at][i] = closing.availableAt;
  table.data[COLUMN.ordinal][i] = ordinal;
  table.data[COLUMN.partial][i] = closing.partial;
  table.data[COLUMN.event][i] = closing.event;
  table.data[COLUMN.duration_seconds][i] = (closing.closeTime - closing.openTime) / 1e6;
}

/** What bars of bars can know of a given bar: prices and sums; the moments of its trades are gone. */
function fillPart(part: Float64Array, bar: GivenBar): void {
  clearPart(part);
  part[OPEN] = bar.open;
  part[HIGH] = bar.high;
  part[LOW] = bar.low;
  part[CLOSE] = bar.close;
  part[VOLUME] = bar.volume;
  part[DOLLARS] = bar.dollar_volume ?? NaN;
  part[BOUGHT] = bar.taker_buy_volume ?? NaN;
  part[TICKS] = bar.num_ticks ?? NaN;
  part[PRICE_CHANGES] = NaN;
  part[DIRECTION_CHANGES] = NaN;
  for (const at of [PRICES, QUANTITIES, RETURNS]) part.fill(NaN, at, at + MOMENT_SLOTS);
}

const REQUIRED: readonly BarColumn[] = ['open_time', 'close_time', 'open', 'high', 'low', 'close', 'volume'];

/** Columns that are NaN where whoever gave the bars left them out. */
export const GIVEN_UNDEFINED: ReadonlyMap<string, string> = new Map(
  BAR_FEATURES.filter((name) => !REQUIRED.includes(name)).map((name) => [name, 'the given bars do not have it']),
);
