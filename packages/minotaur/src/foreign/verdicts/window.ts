/** What a live system would see that hands the code its last bars and takes the last row. */
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
export function windowOf({ windows }: Observations, name: string): WindowVerdict | undefined {
  if (windows.length === 0) return undefined;
  let [differ, far, absent] = [0, 0, 0];
  for (const { away } of windows) {
    const by = away?.get(name);
    if (by === undefined) {
      absent++;
      continue;
    }
    if (by > 1e-6) differ++;
    if (by > 1e-2) far++;
  }
  return { bars: windows[0].bars, of: windows.length, differ, far, absent };
}
