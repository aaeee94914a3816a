/**
 * Columns cut into at most 255 bins, learned on training rows, so that a tree looks at bins instead of values.
 *
 * Bin b holds the values in (bounds[b - 1], bounds[b]]. Bounds are float32 and values are compared as float32, so the
 * comparison `x <= bound` of the exported model sends every row where training sent it. A NaN is in the last bin: it is
 * greater than every bound, on the false side of every comparison, as in ONNX.
 */
import type { Matrix } from './matrix.ts';

export const MAX_BINS = 255;

/** Bounds are learned from at most this many training rows, evenly spaced, as LightGBM samples as many. */
const SAMPLE_ROWS = 200_000;

export interface Binned {
  readonly rows: number;
  /** Column-major bin numbers. */
  readonly bins: readonly Uint8Array[];
  /** Per column, the upper bounds of all bins but the last, ascending. */
  readonly bounds: readonly Float32Array[];
}

/** A float32 t with below <= t < above: their middle where it lies between. */
function between(below: number, above: number): number {
  const middle = Math.fround(below / 2 + above / 2);
  return middle >= below && middle < above ? middle : below;
}

/** The finite and infinite values of a sample, ascending, without NaN. */
function sortedSample(column: Float32Array): Float32Array {
  const count = Math.min(column.length, SAMPLE_ROWS);
  const sample = new Float32Array(count);
  for (let i = 0; i < count; i++) sample[i] = column[Math.floor((i * column.length) / count)];
  sample.sort();
  let end = count;
  while (end > 0 && sample[end - 1] !== sample[end - 1]) end--;
  return sample.subarray(0, end);
}

/**
 * Bounds that give every bin about the same number of sampled rows, at least `minRows` each; a value that fills a bin
 * alone has it alone.
 */
export function learnBounds(column: Float32Array, minRows = 3): Float32Array {
  const sorted = sortedSample(column);
  const bounds: number[] = [];
  let open = 0; // rows in the bin being filled
  for (let i = 0; i < sorted.length;) {
    let next = i + 1;
    while (next < sorted.length && sorted[next] === sorted[i]) next++;
    open += next - i;
    if (next === sorted.length || bounds.length === MAX_BINS - 1) break;
    let after = next + 1;
    while (after < sorted.length && sorted[after] === sorted[next]) after++;
    // What is left is shared evenly among the bins that are left; a heavy value to come closes this bin early.
    const share = (sorted.length - next + open) / (MAX_BINS - bounds.length);
    const closes = open >= share || after - next >= share;
    if (closes && open >= minRows) {
      bounds.push(between(sorted[i], sorted[next]));
      open = 0;
    }
    i = next;
  }
  return Float32Array.from(bounds);
}

/** The first b with value <= bounds[b]; bounds.length where there is none, NaN included. */
function binOf(bounds: Float32Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Learns bounds on all rows of `x`, which are the training rows, and bins them. */
export function binColumns(x: Matrix): Binned {
  const bounds = x.columns.map((column) => learnBounds(column));
  const bins = x.columns.map((column, c) => {
    const out = new Uint8Array(x.rows);
    const limits = bounds[c];
    for (let i = 0; i < x.rows; i++) out[i] = binOf(limits, column[i]);
    return out;
  });
  return { rows: x.rows, bins, bounds };
}
