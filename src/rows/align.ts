/**
 * As-of alignment: when the driving clock closes a bar, one row is emitted that holds, for every clock, the values of its
 * newest bar that had become available, and how old they are.
 *
 * A bar may stand in a row iff its `availableAt` is at or before the row's time and its closing event is not after the
 * row's. The event decides among equal times: of two bars that close in the same microsecond, the row of the first does not see the second.
 */
import { canonicalise, wordsOf } from '../core/canonical.ts';
import { MICROS_PER_SECOND } from '../core/time.ts';

/** One clock as the aligner reads it. */
export interface AlignedClock {
  /** Its running columns; read anew at each call, because they grow. */
  readonly source: { readonly data: readonly Float64Array[]; readonly end: number };
  /** Columns that rows hold, in schema order. */
  readonly features: readonly number[];
  readonly availableAt: number;
  readonly event: number;
}

/** Rows as they are emitted. Valid only during the call that hands them over: the buffers are reused. */
export interface RowBlock {
  /** Number of rows. */
  count: number;
  /** Values per row. */
  readonly width: number;
  /** Microseconds, one per row: the driving bar's availableAt. */
  readonly time: Float64Array;
  /** Row after row, canonical bits: NaN where a value is not known. */
  readonly values: Float64Array;
}

/** Rows handed over at once, at most. */
export const ROW_BLOCK = 64;

export type RowSink = (rows: RowBlock) => void;

/**
 * Returns a function that emits the rows of the driving clock's bars from index `froms[drive]` on. `froms[c]` is the index
 * of the first new bar of clock c, all earlier ones being available to every new row.
 */
export function createAligner(
  clocks: readonly AlignedClock[],
  drive: number,
  sink: RowSink,
): (froms: readonly number[]) => number {
  const width = clocks.reduce((sum, clock) => sum + clock.features.length + 1, 0);
  const values = new Float64Array(ROW_BLOCK * width);
  const words = wordsOf(values);
  const block: RowBlock = { count: 0, width, time: new Float64Array(ROW_BLOCK), values };
  const events = new Float64Array(ROW_BLOCK);
  const newest = new Int32Array(ROW_BLOCK);
  const next = new Int32Array(clocks.length);

  /** Finds the newest visible bar of clock `c` for each row of the block. */
  function locate(c: number): void {
    const { source, availableAt, event } = clocks[c];
    const available = source.data[availableAt];
    const closedBy = source.data[event];
    let i = next[c];
    for (let r = 0; r < block.count; r++) {
      while (i < source.end && available[i] <= block.time[r] && closedBy[i] <= events[r]) i++;
      newest[r] = i - 1;
    }
    next[c] = i;
  }

  function fill(c: number, offset: number): void {
    const { source, features, availableAt } = clocks[c];
    for (let f = 0; f < features.length; f++) {
      const column = source.data[features[f]];
      for (let r = 0, at = offset + f; r < block.count; r++, at += width) values[at] = column[newest[r]];
    }
    const available = source.data[availableAt];
    for (let r = 0, at = offset + features.length; r < block.count; r++, at += width) {
      values[at] = (block.time[r] - available[newest[r]]) / MICROS_PER_SECOND;
    }
  }

  return (froms) => {
    for (let c = 0; c < clocks.length; c++) next[c] = froms[c];
    const { source, availableAt, event } = clocks[drive];
    const first = froms[drive];
    for (let start = first; start < source.end; start += ROW_BLOCK) {
      block.count = Math.min(ROW_BLOCK, source.end - start);
      for (let r = 0; r < block.count; r++) {
        block.time[r] = source.data[availableAt][start + r];
        events[r] = source.data[event][start + r];
      }
      for (let c = 0, offset = 0; c < clocks.length; c++) {
        locate(c);
        fill(c, offset);
        offset += clocks[c].features.length + 1;
      }
      canonicalise(values, words, 0, block.count * width);
      sink(block);
    }
    return source.end - first;
  };
}
