/** Rows of several instruments in one list: those of an instrument follow each other, and instrument follows instrument. */

/** The rows of one instrument: from (inclusive) to (exclusive). */
export interface Part {
  /** Index of its first row. */
  readonly from: number;
  /** Index behind its last row. */
  readonly to: number;
}

/** The rows of one instrument, by name. */
export interface InstrumentPart extends Part {
  /** Of the instrument. */
  readonly symbol: string;
  /** Its venue; null where nothing is known of it. */
  readonly venue: string | null;
}

/** Whose each of these rows is: the index of its part. */
export const partsOf = (rows: ArrayLike<number>, parts: readonly Part[]): Uint16Array =>
  Uint16Array.from(rows, (row) => parts.findIndex(({ to }) => row < to));

/** All rows in order of time; of equal times, those of the earlier part first. Within a part time never falls. */
export function inOrderOfTime(time: Float64Array, parts: readonly Part[]): Int32Array {
  if (parts.length === 0) return new Int32Array(0);
  if (parts.length === 1) {
    const [{ from, to }] = parts;
    return Int32Array.from({ length: to - from }, (_, i) => from + i);
  }
  const middle = parts.length >> 1;
  const [left, right] = [parts.slice(0, middle), parts.slice(middle)].map((half) => inOrderOfTime(time, half));
  const merged = new Int32Array(left.length + right.length);
  for (let i = 0, j = 0, k = 0; k < merged.length; k++) {
    const takesLeft = j === right.length || (i < left.length && time[left[i]] <= time[right[j]]);
    merged[k] = takesLeft ? left[i++] : right[j++];
  }
  return merged;
}
