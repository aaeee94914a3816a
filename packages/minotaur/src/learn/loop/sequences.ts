/** What a network is trained on: one matrix of rows, and sequences that are copied out of it when they are due. */

/** Sequences of a split, by the row that each ends with. */
export interface Samples {
  /** Places in the matrix. */
  readonly ends: Int32Array;
  /** When the row of each becomes known, as the files have it: a place in the matrix is one in no file. */
  readonly times: Float64Array;
  /** 0 or 1, or a class's index. */
  readonly labels: Float32Array;
  /** What each counts for, above 0; 1 where absent. */
  readonly weights?: Float32Array | undefined;
}

/** A sequence ends at a row and is that row and the `length - 1` before it, which stand before it in the matrix. */
export interface TrainingData {
  /** [rows, width], row after row. */
  readonly values: Float32Array;
  readonly width: number;
  /** Rows a sequence. */
  readonly length: number;
  readonly train: Samples;
  readonly validation: Samples;
}

/** Inputs of one run of a program: `x` [B, L, F], `y` and `w` [B, 1]. */
export interface Batch {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** What a row counts for; 0 for one that only fills the batch, and is a sequence of the split all the same. */
  readonly w: Float32Array;
}

/** Room for a batch of so many sequences. */
export function createBatch({ length, width }: TrainingData, size: number): Batch {
  return {
    x: new Float32Array(size * length * width),
    y: new Float32Array(size),
    w: new Float32Array(size),
  };
}

/**
 * Copies the sequences `order[from .. from + B)` into `batch`; without an order they are taken as they stand. Where there are
 * fewer, those from the beginning of the order fill it, with weight 0: no loss has them, but batch normalisation takes its means
 * over all rows, and rows of zeros would move them.
 * @returns how many there were
 */
export function fillBatch(
  { values, width, length }: TrainingData,
  { ends, labels, weights }: Samples,
  batch: Batch,
  from: number,
  order?: Int32Array,
): number {
  const size = length * width;
  const room = batch.y.length;
  const count = Math.min(room, ends.length - from);
  for (let i = 0; i < room; i++) {
    const at = (from + i) % ends.length;
    const sample = order === undefined ? at : order[at];
    const start = (ends[sample] - length + 1) * width;
    batch.x.set(values.subarray(start, start + size), i * size);
    batch.y[i] = labels[sample];
    batch.w[i] = weights === undefined ? 1 : weights[sample];
  }
  batch.w.fill(0, count);
  return count;
}
