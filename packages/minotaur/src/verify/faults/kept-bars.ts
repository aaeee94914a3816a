/** Bars of one clock that a wrapper keeps: the newest of the push before, and those that have closed since. */
import { canonicalise, wordsOf } from 'minotaur-core/internal/base/canonical';
import type { BarRows } from 'minotaur-core/internal/chain/contract';

export interface KeptBars {
  readonly data: Float64Array[];
  end: number;
  read(columns: readonly number[], i: number, into: Float64Array, at: number): void;
}

export function keepBars(columns: number): KeptBars {
  const data = Array.from({ length: columns }, () => new Float64Array(64).fill(NaN));
  return {
    data,
    end: 1,
    read(of, i, into, at) {
      of.forEach((c, k) => (into[at + k] = data[c][i]));
      canonicalise(into, wordsOf(into), at, at + of.length);
    },
  };
}

/** Adds bars that have closed; a kept clock may have further columns, which are whoever's added them. */
export function appendBars(kept: KeptBars, { data, from, to }: BarRows): void {
  if (kept.end + to - from > kept.data[0].length) {
    kept.data.forEach((column, c) => {
      kept.data[c] = new Float64Array(2 * (kept.end + to - from));
      kept.data[c].set(column);
    });
  }
  data.forEach((column, c) => kept.data[c].set(column.subarray(from, to), kept.end));
  kept.end += to - from;
}

/** Row 0 becomes the newest bar; it is available to whatever comes. */
export function keepLast(kept: KeptBars): void {
  for (const column of kept.data) column[0] = column[kept.end - 1];
  kept.end = 1;
}
