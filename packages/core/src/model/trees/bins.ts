/**
 * Columns cut into at most 255 bins, learned on training rows, so that a tree looks at bins instead of values.
 *
 * Bin b holds the values in (bounds[b - 1], bounds[b]]. Bounds are float32 and values are compared as float32, so the
 * comparison `x <= bound` of the exported model sends every row where training sent it. A NaN is in the last bin: it is
 * greater than every bound, on the false side of every comparison, as in ONNX.
 */
import { sortFloats } from '../../numeric/sort-floats.ts';

const MAX_BINS = 255;

/** Bounds are learned from at most this many training rows, evenly spaced, as LightGBM samples as many. */
const SAMPLE_ROWS = 200_000;

/** A float32 t with below <= t < above: their middle where it lies between. */
function between(below: number, above: number): number {
  const middle = Math.fround(below / 2 + above / 2);
  return middle >= below && middle < above ? middle : below;
}

/** The finite and infinite values of a sample, ascending, without NaN. */
function sortedSample(column: Float32Array): Float32Array {
  const count = Math.min(column.length, SAMPLE_ROWS);
  const sample = new Float32Array(count);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const value = column[Math.floor((i * column.length) / count)];
    if (value === value) sample[end++] = value;
  }
  return sortFloats(sample.subarray(0, end));
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

/** Equal steps between the lowest and the highest bound, so that a bin is looked for among few. */
const STEPS = 1024;

/**
 * Tells the bin of each value of a column: the first b with value <= bounds[b], and bounds.length where there is none, NaN included.
 *
 * Every value of a step is in one of the bins from that of the first bound in the step on to that of the first bound in a later one:
 * a step is floor((value - low) * scale), which rounding keeps from falling where the value rises.
 */
export function createBinner(bounds: Float32Array): (column: Float32Array, into: Uint8Array) => void {
  const last = bounds.length - 1;
  const low = bounds[0];
  const scale = (STEPS - 1) / (bounds[last] - low);
  const stepOf = (value: number): number => Math.floor((value - low) * scale);
  // Bounds whose distance is no double, or none at all, are looked for among all.
  const stepped = bounds.length > 4 && scale > 0 && scale < Infinity;
  const starts = new Uint8Array(STEPS + 1).fill(last);
  for (let b = 0; b <= last; b++) starts.fill(b, b === 0 ? 0 : stepOf(bounds[b - 1]) + 1, stepOf(bounds[b]) + 1);
  return (column, into) => {
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (!(value <= bounds[last])) {
        into[i] = bounds.length;
        continue;
      }
      let from = 0;
      let to = last;
      if (stepped) {
        const step = value > low ? Math.floor((value - low) * scale) : 0;
        from = starts[step];
        to = starts[step + 1];
      }
      while (from < to) {
        const middle = (from + to) >> 1;
        if (value <= bounds[middle]) to = middle;
        else from = middle + 1;
      }
      into[i] = from;
    }
  };
}
