/** Rows that stay when the block they came in is used again. */
import type { RowBlock } from './align.ts';

export interface Row {
  /** Microseconds. */
  readonly time: number;
  readonly values: Float64Array;
  readonly ready: boolean;
}

/** Appends copies of the rows of `block`. */
export function appendRows(rows: Row[], { count, width, time, values, ready }: RowBlock): void {
  for (let r = 0; r < count; r++)
    rows.push({ time: time[r], values: values.slice(r * width, (r + 1) * width), ready: ready[r] === 1 });
}
