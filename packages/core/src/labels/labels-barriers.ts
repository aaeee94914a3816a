/** Where the barriers of every row stand, as the configuration says. */
import { parseSpan } from '../base/time.ts';
import type { LabelConfig } from './section.ts';
import type { Entries } from './labels-first-touch.ts';

/** What labelling needs of the rows, as columns of equal length. */
export interface LabelRows {
  /** Microseconds; never falls. */
  readonly time: Float64Array;
  /** Close of the driving clock: the price of the entry. NaN: no entry. */
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

/** The entries of `rows`; a row that is not ready or not complete, or has no close or range, has none. */
export function entriesOf(config: LabelConfig, rows: LabelRows): Entries {
  const { time, close, atr, ready, complete } = rows;
  const length = time.length;
  const price = new Float64Array(length).fill(NaN);
  const upper = new Float64Array(length).fill(Infinity);
  const lower = new Float64Array(length).fill(-Infinity);
  const long = config.side === 'long';
  for (let i = 0; i < length; i++) {
    if (!isUp(ready, i) || !isUp(complete, i)) continue;
    const p = close[i];
    if (config.method === 'fixed') {
      upper[i] = p * (1 + (long ? config.target : config.stop));
      lower[i] = p * (1 - (long ? config.stop : config.target));
    } else if (config.method === 'atr') {
      const stop = Math.max(config.minStop * p, config.multiple * (atr?.[i] ?? NaN));
      if (stop !== stop) continue;
      upper[i] = p + (long ? 2 * stop : stop);
      lower[i] = p - (long ? stop : 2 * stop);
    }
    price[i] = p;
  }
  return { time, price, upper, lower, upperIsTarget: long, ...limitsOf(config, time) };
}

/** Time limits: so many microseconds after each row, or the time of the row so many rows on. */
function limitsOf(config: LabelConfig, time: Float64Array): Pick<Entries, 'limit' | 'unlimitedFrom'> {
  const rows = time.length;
  const until = config.method === 'horizon' ? config.after : config.limit;
  if (until === undefined) return { limit: new Float64Array(rows).fill(Infinity), unlimitedFrom: rows };
  if (typeof until === 'string') {
    const span = parseSpan(until);
    return { limit: time.map((t) => t + span), unlimitedFrom: rows };
  }
  // The row that would be the limit of the last ones is not there; what happens by the last row still counts.
  const limit = time.map((_, i) => time[Math.min(i + until, rows - 1)]);
  return { limit, unlimitedFrom: Math.max(0, rows - until) };
}
