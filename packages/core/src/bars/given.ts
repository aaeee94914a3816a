/** A clock whose bars are handed in by somebody else: made elsewhere, or read from a file of bars. */
import { fail } from '../base/errors.ts';
import { BAR_COLUMNS, BAR_FEATURES, COLUMN, type BarColumn, type BarTable, type Closing } from './bar.ts';
import type { Follower } from './clock.ts';
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
  /** Refuses what is no bar, and a bar that steps back in time. */
  check(bar: GivenBar): void;
  /** Takes one bar that was checked; `event` orders it among trades. */
  take(bar: GivenBar, event: number): void;
}

const ORDINAL = 0;
const LAST_AVAILABLE = 1;
export const GIVEN_SLOTS = 2;

/** `state` holds GIVEN_SLOTS zeros at the start. */
export function createGivenClock(
  name: string,
  table: BarTable,
  state: Float64Array,
  followers: readonly Follower[],
): GivenClock {
  const part = new Float64Array(PART_SLOTS);
  const closing: Closing = { openTime: 0, closeTime: 0, availableAt: 0, partial: 0, event: 0 };
  return {
    check(bar) {
      const where = `bar ${state[ORDINAL]} of clock '${name}'`;
      checkBar(bar, where);
      const availableAt = bar.available_at ?? bar.close_time;
      if (!Number.isInteger(availableAt))
        fail('input', where, 'available_at in integer microseconds', `${availableAt}`);
      if (availableAt < Math.max(bar.close_time, state[LAST_AVAILABLE])) {
        fail(
          'input',
          where,
          `available_at of at least ${Math.max(bar.close_time, state[LAST_AVAILABLE])}`,
          `${availableAt}`,
        );
      }
    },
    take(bar, event) {
      const availableAt = bar.available_at ?? bar.close_time;
      state[LAST_AVAILABLE] = availableAt;
      closing.openTime = bar.open_time;
      closing.closeTime = bar.close_time;
      closing.availableAt = availableAt;
      closing.partial = bar.partial ?? 0;
      closing.event = event;
      writeGiven(table, bar, closing, state[ORDINAL]++);
      fillPart(part, bar);
      for (const follower of followers) follower.absorb(part, closing);
    },
  };
}

function checkBar(bar: GivenBar, where: string): void {
  if (typeof bar !== 'object' || bar === null || Array.isArray(bar))
    fail('input', where, `a bar with ${REQUIRED.join(', ')}`, Array.isArray(bar) ? 'an array' : String(bar));
  for (const name of REQUIRED) {
    if (!Number.isFinite(bar[name])) fail('input', where, `${name} to be a finite number`, String(bar[name]));
  }
  if (bar.close_time < bar.open_time)
    fail('input', where, `close_time of at least ${bar.open_time}`, String(bar.close_time));
  const inside = bar.low <= Math.min(bar.open, bar.close) && bar.high >= Math.max(bar.open, bar.close);
  if (!inside || bar.low <= 0) {
    fail('input', where, '0 < low <= open, close <= high', `${bar.open}, ${bar.high}, ${bar.low}, ${bar.close}`);
  }
  if (bar.volume < 0) fail('input', where, 'volume of at least 0', String(bar.volume));
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
  for (const at of [PRICES, QUANTITIES, RETURNS]) part.fill(NaN, at, at + 5);
}

const REQUIRED: readonly BarColumn[] = ['open_time', 'close_time', 'open', 'high', 'low', 'close', 'volume'];

/** Columns that are NaN where whoever gave the bars left them out. */
export const GIVEN_UNDEFINED: ReadonlyMap<string, string> = new Map(
  BAR_FEATURES.filter((name) => !REQUIRED.includes(name)).map((name) => [name, 'the given bars do not have it']),
);
