/** The bars of a clock, and which rows each of them brought. */
import { foldable, type Foldable } from './ranges.ts';

export interface ViewedClock {
  readonly name: string;
  readonly bars: number;
  /** When each bar opened, and when it was known: microseconds; the latter never falls. */
  readonly openTime: Float64Array;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly high: Foldable;
  readonly low: Foldable;
  readonly volume: Foldable;
  /** Rows that were there with each bar, none before the first: bar i brought rows [i] to [i + 1]. */
  readonly rowsBy: Int32Array;
}

export const CLOCK_COLUMNS = ['open_time', 'available_at', 'open', 'high', 'low', 'close', 'volume'] as const;
type ClockColumn = (typeof CLOCK_COLUMNS)[number];

/** A clock of its columns: those of {@link CLOCK_COLUMNS}. */
export function clockOf(
  name: string,
  { open_time, available_at: time, high, low, volume, ...prices }: Readonly<Record<ClockColumn, Float64Array>>,
  rows: { readonly time: Float64Array; readonly drive: boolean },
): ViewedClock {
  return {
    name,
    bars: time.length,
    openTime: open_time,
    time,
    ...prices,
    high: foldable(high, 'max'),
    low: foldable(low, 'min'),
    volume: foldable(volume, 'sum'),
    rowsBy: rowsByBar(time, rows),
  };
}

/** Of the clock that drives, one row a bar, also where several are of one time; of another, those that came until a bar did. */
export function rowsByBar(
  bars: Float64Array,
  { time, drive }: { readonly time: Float64Array; readonly drive: boolean },
): Int32Array {
  if (drive && time.length === bars.length) return Int32Array.from({ length: bars.length + 1 }, (_, i) => i);
  const rowsBy = new Int32Array(bars.length + 1);
  let rows = 0;
  for (let i = 0; i < bars.length; i++) {
    while (rows < time.length && time[rows] <= bars[i]) rows++;
    rowsBy[i + 1] = rows;
  }
  return rowsBy;
}

/** Index of the first that is at or after `value` in `sorted`; its length where none is. */
export function firstAtOrAfter(sorted: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
