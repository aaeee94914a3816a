/** Where the barriers of every row stand, as the configuration says. */
import { parseSpan } from '../base/time.ts';
import { entryDelayOf, type LabelConfig } from './section.ts';
import type { Entries } from './labels-first-touch.ts';

/** What labelling needs of the rows, as columns of equal length. */
export interface LabelRows {
  /** Microseconds; never falls. */
  readonly time: Float64Array;
  /** Close of the driving clock: without a delay the price of the entry. NaN: no entry. */
  readonly close: Float64Array;
  /** Average true range, quote units; only for the method `atr`. NaN: no entry. */
  readonly atr?: Float64Array | undefined;
  /** 1 where the row is ready; absent: all are. */
  readonly ready?: Float64Array | undefined;
  /** 1 where the row is complete; absent: all are. */
  readonly complete?: Float64Array | undefined;
}

/** Whether a flag of row `i` is up; absent flags all are. */
export function isUp(flags: Float64Array | undefined, i: number): boolean {
  return flags === undefined || flags[i] === 1;
}

/**
 * The entries of `rows`, none made yet; a row that is not ready or not complete, or has no close or range, gets none.
 *
 * A limit counts from the entry: a span after it. One of rows ends at the row so many rows on, and as long after that as an entry
 * is after its row, because leaving takes as long; an entry that comes no sooner than that is none.
 */
export function entriesOf(config: LabelConfig, rows: LabelRows): Entries {
  const { time, close, atr } = rows;
  const { length } = time;
  const delay = entryDelayOf(config);
  const column = (value: number): Float64Array => new Float64Array(length).fill(value);
  const entries = {
    due: delay === 0 ? time : time.map((t) => t + delay),
    time: column(NaN),
    price: column(NaN),
    upper: column(Infinity),
    lower: column(-Infinity),
    limit: column(Infinity),
  };
  const may = Uint8Array.from(time, (_, i) => Number(mayEnter(config, rows, i)));
  const limitOf = limitsOf(config, entries.due);
  const unlimited = unlimitedFrom(config, length);
  const long = config.side === 'long';
  return {
    ...entries,
    may,
    upperIsTarget: long,
    unlimitedFrom: unlimited,
    enter(i, t, p) {
      entries.time[i] = t;
      entries.limit[i] = limitOf(i, t);
      // Exactly there it would be left as soon as it is entered; without a delay that is a limit at rows of one time.
      if (delay > 0 && i < unlimited && !(entries.limit[i] > t)) may[i] = 0;
      if (may[i] === 0) return;
      entries.price[i] = p;
      if (config.method === 'horizon') return;
      const [up, down] = distancesOf(config, p, atr?.[i] ?? NaN);
      entries.upper[i] = up;
      entries.lower[i] = down;
    },
    closes: delay === 0 ? close : undefined,
  };
}

/** Whether a position may be opened at row `i`. */
function mayEnter({ method }: LabelConfig, { close, atr, ready, complete }: LabelRows, i: number): boolean {
  return isUp(ready, i) && isUp(complete, i) && close[i] > 0 && (method !== 'atr' || !Number.isNaN(atr?.[i] ?? NaN));
}

/** Prices of the upper and the lower barrier of an entry at `p`. */
function distancesOf(
  config: Exclude<LabelConfig, { method: 'horizon' }>,
  p: number,
  range: number,
): readonly [number, number] {
  const long = config.side === 'long';
  if (config.method === 'fixed')
    return [p * (1 + (long ? config.target : config.stop)), p * (1 - (long ? config.stop : config.target))];
  const stop = Math.max(config.minStop * p, config.multiple * range);
  return [p + (long ? 2 * stop : stop), p - (long ? stop : 2 * stop)];
}

const untilOf = (config: LabelConfig): string | number | undefined =>
  config.method === 'horizon' ? config.after : config.limit;

/** The time limit of the entry of row `i` at time `t`. */
function limitsOf(config: LabelConfig, due: Float64Array): (i: number, t: number) => number {
  const until = untilOf(config);
  if (until === undefined) return () => Infinity;
  if (typeof until === 'number') return (i) => due[Math.min(i + until, due.length - 1)];
  const span = parseSpan(until);
  return (_, t) => t + span;
}

/** The row that would be the limit of the last ones is not there; what happens by the last row still counts. */
function unlimitedFrom(config: LabelConfig, rows: number): number {
  const until = untilOf(config);
  return typeof until === 'number' ? Math.max(0, rows - until) : rows;
}
