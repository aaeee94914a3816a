/** Windowed sums by the loop that takes two rows at a time. */
import { windowSum } from '../../base/window.ts';
import { rowAt, type Vectors } from '../../base/vectors/vectors.ts';

/** As `windowSum` of `base/window`, each sum divided by `divisor`. What the loop leaves, a last row or values that need care, is done by that. */
export function windowSums(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  n: number,
  divisor: number,
  state: Float64Array,
  at: number,
  vectors: Vectors,
): void {
  let i = from;
  if (to - from > 1 && state[at + 2] === -n && state[at + 3] === 0) {
    const room = state.byteOffset + 8 * at;
    i += vectors.windowSums(rowAt(values, from), rowAt(out, from), n, divisor, to - from, room);
  }
  if (i === to) return;
  windowSum(values, out, i, to, n, state, at);
  for (; i < to; i++) out[i] /= divisor;
}
