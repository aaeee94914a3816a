/** Rows that stay when the block they came in is used again. */
import type { RowBlock } from './align.ts';

/** What is known of a row beside its values. */
export interface RowFlags {
  /** Every clock has closed the bars of its warm-up. */
  readonly ready: boolean;
  /** No trade is known to be missing in it. */
  readonly complete: boolean;
}

export interface Row extends RowFlags {
  /** Microseconds. */
  readonly time: number;
  readonly values: Float64Array;
}

/** Appends copies of the rows of `block`. */
export function appendRows(rows: Row[], { count, width, time, values, ready, complete }: RowBlock): void {
  for (let r = 0; r < count; r++) {
    const own = values.slice(r * width, (r + 1) * width);
    rows.push({ time: time[r], values: own, ready: ready[r] === 1, complete: complete[r] === 1 });
  }
}
