/** A value a row, as a line that is drawn: what it was at the end of a bucket, and between what it moved. */
import { foldable, foldRange, type Foldable } from './ranges.ts';

export interface Line {
  readonly values: Float64Array;
  readonly low: Foldable;
  readonly high: Foldable;
}

export function lineOf(values: Float64Array): Line {
  return { values, low: foldable(values, 'min'), high: foldable(values, 'max') };
}

/** Of the rows of each bucket, which `ends` bounds; a bucket without rows has what held before it, as rows themselves have it of bars. */
export function lineIn({ values, low, high }: Line, ends: Int32Array): Record<'min' | 'max' | 'last', Float64Array> {
  const buckets = ends.length - 1;
  const [min, max, last] = [0, 1, 2].map(() => new Float64Array(buckets).fill(NaN));
  for (let k = 0; k < buckets; k++) {
    const to = ends[k + 1];
    if (to === 0) continue;
    const from = Math.min(ends[k], to - 1);
    min[k] = foldRange(low, from, to);
    max[k] = foldRange(high, from, to);
    last[k] = values[to - 1];
  }
  return { min, max, last };
}
