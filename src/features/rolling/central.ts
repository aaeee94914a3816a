/** Sums around the mean of a window. */

/** Whether `x[from, to)` holds one value only. Its rounded mean could not tell. */
export function isFlat(x: Float64Array, from: number, to: number): boolean {
  const first = x[from];
  for (let k = from + 1; k < to; k++) if (x[k] !== first) return false;
  return true;
}

/**
 * Sum of squared distances of `x[from, to)` from its mean, of which `mean` is the rounded value; NaN if that is NaN.
 * The second of two passes, corrected for the rounding of the mean; exactly 0 for a constant window.
 *
 * Source: Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance (1983), 1.7.
 */
export function centralSquares(x: Float64Array, from: number, to: number, mean: number): number {
  if (mean !== mean) return NaN;
  if (isFlat(x, from, to)) return 0;
  let sum = 0;
  let squares = 0;
  for (let k = from; k < to; k++) {
    const d = x[k] - mean;
    sum += d;
    squares += d * d;
  }
  return squares - (sum * sum) / (to - from);
}
