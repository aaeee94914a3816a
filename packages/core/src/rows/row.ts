/** Rows that stay when the block they came in is used again. */
import type { RowBlock } from './align.ts';

export interface Row {
  /** Microseconds. */
  readonly time: number;
  readonly values: Float64Array;
  readonly ready: boolean;
  readonly complete: boolean;
}

/** Appends copies of the rows of `block`. */
export function appendRows(rows: Row[], { count, width, time, values, ready, complete }: RowBlock): void {
  for (let r = 0; r < count; r++) {
    const own = values.slice(r * width, (r + 1) * width);
    rows.push({ time: time[r], values: own, ready: ready[r] === 1, complete: complete[r] === 1 });
  }
}
