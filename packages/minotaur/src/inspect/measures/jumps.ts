/** Prices far from those before: of one trade, which is an outlier, or for good, as where a share was split. */
import { log } from 'minotaur-core/internal/base/elementary/index';
import { createLargest } from './largest.ts';
import type { Taken } from './taken.ts';

/** A price that is far from the one before. */
export interface Jump {
  /** Of the trade, microseconds. */
  readonly time: number;
  /** Price before. */
  readonly before: number;
  /** Its price. */
  readonly price: number;
  /** Of a jump that looks like a split or a reverse split: what prices from there on are to be multiplied by. */
  readonly factor: number | null;
  /** File and line. */
  readonly place: string;
}

/** Outliers and jumps. */
export interface JumpsReport {
  /** Trades whose price the next ones did not follow. */
  readonly outliers: number;
  /** The farthest of them. */
  readonly farthest: readonly Jump[];
  /** Steps of the price that stayed. */
  readonly jumps: number;
  /** The largest of them. */
  readonly largest: readonly Jump[];
  /** Steps from one trade to the next to ten times as much or to a tenth, whether they stayed or not. */
  readonly leaps: number;
  /** The first of them; null where there is none. */
  readonly firstLeap: Jump | null;
}

/** Examples that are kept. */
const KEPT = 5;
/** Trades that say whether a step stayed. */
const AFTER = 15;
/** A step is far from so many times the mean step on, and never below a share of the price. */
const TIMES = 50;
const LEAST = 0.01;
/** Steps over which the mean is weighted. */
const WINDOW = 1000;

/** No market does it, from one trade to the next. */
const LEAP = 10;

interface Candidate extends Jump {
  /** Trades behind it, and those of them that are nearer to its price than to the one before. */
  seen: number;
  stayed: number;
}

export function createJumps() {
  const farthest = createLargest<Jump>(KEPT);
  const largest = createLargest<Jump>(KEPT);
  let [outliers, jumps, mean, last] = [0, 0, 0, NaN];
  let open: Candidate | undefined;
  const leaps = createLeaps();
  const settle = (): void => {
    if (open === undefined) return;
    const { seen, stayed, ...jump } = open;
    open = undefined;
    const size = Math.abs(log(jump.price / jump.before));
    if (2 * stayed < seen || seen === 0) {
      outliers++;
      farthest.add(size, () => ({ ...jump, factor: null }));
      return;
    }
    jumps++;
    largest.add(size, () => ({ ...jump, factor: splitOf(jump.before / jump.price) }));
    last = jump.price;
  };
  const follow = (candidate: Candidate, price: number): void => {
    candidate.seen++;
    const isNear = Math.abs(log(price / candidate.price)) < Math.abs(log(price / candidate.before));
    if (isNear) candidate.stayed++;
    if (candidate.seen >= AFTER) settle();
  };
  return {
    add({ tape, rows, place }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        const price = tape.price[i];
        // Where prices may be 0 or less there are no ratios.
        if (!(price > 0)) continue;
        leaps.add(price, tape.time[i], rows[i], place);
        if (open !== undefined) {
          follow(open, price);
          continue;
        }
        if (last === last && price !== last) {
          const step = Math.abs(log(price / last));
          if (mean > 0 && step > LEAST && step > TIMES * mean) {
            open = { time: tape.time[i], before: last, price, factor: null, place: place(rows[i]), seen: 0, stayed: 0 };
            continue;
          }
          mean = mean === 0 ? step : mean + (step - mean) / WINDOW;
        }
        last = price;
      }
    },
    report(): JumpsReport {
      settle();
      return { outliers, farthest: farthest.list(), jumps, largest: largest.list(), ...leaps.report() };
    },
  };
}

/** Of prices above 0, one after the other: by the one before alone, since where there are many no mean step is worth anything. */
function createLeaps() {
  let [leaps, last] = [0, NaN];
  let firstLeap: Jump | null = null;
  return {
    add(price: number, time: number, row: number, place: Taken['place']): void {
      if (price >= LEAP * last || LEAP * price <= last) {
        leaps++;
        firstLeap ??= { time, before: last, price, factor: null, place: place(row) };
      }
      last = price;
    },
    report: (): Pick<JumpsReport, 'leaps' | 'firstLeap'> => ({ leaps, firstLeap }),
  };
}

/** Ratios by which shares are split. */
const SPLITS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100];
/** A market moves beside its split. */
const NEAR = 0.04;

function splitOf(ratio: number): number | null {
  for (const split of SPLITS) {
    if (Math.abs(ratio / split - 1) < NEAR) return split;
    if (Math.abs(ratio * split - 1) < NEAR) return 1 / split;
  }
  return null;
}
