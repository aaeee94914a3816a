/** Price extremes that the bars around them confirm. */

/**
 * Whether row `at` of `sign * x` is a peak: no row among the `wing` before and after it exceeds it, and of equals it is the first.
 */
export function isPeak(x: Float64Array, at: number, wing: number, sign: number): boolean {
  const peak = x[at] * sign;
  for (let k = 1; k <= wing; k++) if (!(x[at - k] * sign < peak) || !(x[at + k] * sign <= peak)) return false;
  return true;
}

/** Whether row `at` of `x` is a peak that the opposite extreme `y` of the same rows leaves by at least `share` of its price. */
function isExtreme(x: Float64Array, y: Float64Array, at: number, wing: number, sign: number, share: number): boolean {
  if (!isPeak(x, at, wing, sign)) return false;
  const needed = share * x[at];
  for (let k = at - wing; k <= at + wing; k++) if ((x[at] - y[k]) * sign >= needed) return true;
  return false;
}

/** 1 where the extreme at row `at` and the one before it, at most `span` rows older, diverge from the indicator `v`. */
export function diverges(
  x: Float64Array,
  y: Float64Array,
  v: Float64Array,
  at: number,
  wing: number,
  span: number,
  sign: number,
  share: number,
  level: number,
): number {
  if (!isExtreme(x, y, at, wing, sign, share)) return 0;
  for (let k = at - 1; k >= at - span; k--) {
    if (!isExtreme(x, y, k, wing, sign, share)) continue;
    const further = (x[at] - x[k]) * sign > 0;
    return further && (v[at] - v[k]) * sign < 0 && (v[k] - level) * sign > 0 ? 1 : 0;
  }
  return 0;
}
