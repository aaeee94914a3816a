/** What a live system would see that hands the code its last bars and takes the last row. */
import { distance } from '../experiments/compare.ts';
import type { Observations } from '../experiments/observe.ts';

/** What a live system sees of a column. */
export interface WindowVerdict {
  /** Bars of a window. */
  readonly bars: number;
  /** Windows that were tried. */
  readonly of: number;
  /** Those whose last row differs by more than a millionth of the column's range. */
  readonly differ: number;
  /** By more than 1 % of it. */
  readonly far: number;
  /** Those that have no last row. */
  readonly absent: number;
}

/** The windows of a column; undefined where none was tried. */
export function windowOf({ windows, reference, ranges }: Observations, name: string): WindowVerdict | undefined {
  if (windows.length === 0) return undefined;
  const values = reference.columns.get(name) as Float64Array;
  let [of, differ, far, absent] = [0, 0, 0, 0];
  for (const { experiment, found } of windows) {
    const row = reference.known.lastIndexOf(experiment.to - 1);
    if (row < 0) continue;
    of++;
    const place = found.matched.at[row];
    if (place < 0) {
      absent++;
      continue;
    }
    const away = distance(values[row], found.answer.columns.get(name)?.[place] ?? NaN, ranges.get(name) ?? 1);
    if (away > 1e-6) differ++;
    if (away > 1e-2) far++;
  }
  const { from, to } = windows[0].experiment;
  return of === 0 ? undefined : { bars: to - from, of, differ, far, absent };
}
