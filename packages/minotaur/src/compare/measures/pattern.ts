/** Causes that are told by where columns differ, and not by what: of state, of stretches, of single rows. */
import type { Pair } from './pair.ts';

/** What is known of the rows of a pair. */
export interface Rows {
  /** Microseconds; of rows that are matched by a number, that number. */
  readonly key: Float64Array;
  /** Whether `key` is a time. */
  readonly isTime: boolean;
  /** The first row of each symbol. */
  readonly starts: readonly number[];
  /** Rows behind which B lacks rows that A has, or A rows that B has. */
  readonly gaps: readonly number[];
  /** The key of a row in words. */
  name(row: number): string;
}

/** A cause that was found. */
export interface Told {
  /** Short name of its kind. */
  readonly cause: string;
  /** In words. */
  readonly text: string;
}

/** Undefined where the columns do not differ in that way. */
export type Pattern = (pair: Pair, rows: Rows) => Told | undefined;

/** Differences below this share of the scale are none. */
export const NOTHING = 1e-7;

/** Several patterns ask for the same. */
const known = new WeakMap<Pair, Float64Array>();

/** How far apart the sides are, in units of the scale; NaN where one has no value. Not to be written to. */
export function apart(pair: Pair): Float64Array {
  const found = known.get(pair);
  if (found !== undefined) return found;
  const { a, b, scale } = pair;
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] === b[i] ? 0 : Math.abs(b[i] - a[i]) / scale;
  known.set(pair, out);
  return out;
}
