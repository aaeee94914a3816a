/**
 * Moments of a bar's prices, quantities and returns that need one pass, no stored trades, and keep their accuracy.
 *
 * Trades are gathered in groups of {@link GROUP}, counted from the bar's first trade so that how the input was cut into blocks
 * cannot matter. Inside a group plain power sums of the distance to the group's first value do: a value is at most
 * sqrt(GROUP - 1) standard deviations from the mean, so cancellation costs at most four digits of sixteen, where power sums over a
 * whole bar could lose all of them. Groups, and later whole bars, merge by the exact formulas for central moments.
 *
 * Source: Chan, Golub, LeVeque (1979); Pebay, Formulas for Robust, One-Pass Parallel Computation of Covariances and
 * Arbitrary-Order Statistical Moments, SAND2008-6212.
 */

/** Trades per group. */
export const GROUP = 64;

/**
 * Slots of merged moments: count, mean as two doubles, and the sums of squared, cubed and fourth-power distances from the mean.
 * A rounded mean would not do: returns of equal small steps, and prices a tick apart, differ in their last digits.
 */
export const MOMENT_SLOTS = 6;
const MEAN = 1;
const MEAN_LOW = 2;
const SQUARES = 3;
const CUBES = 4;
const FOURTHS = 5;

/**
 * Merges the moments at `b[from]` into those at `s[at]`. Everything goes by arrays, here and below: doubles handed to a
 * function that is not inlined are boxed, which is garbage for every group of every clock.
 */
export function mergeMoments(s: Float64Array, at: number, b: Float64Array, from: number): void {
  const n = b[from];
  if (n === 0) return;
  const na = s[at];
  if (na === 0) {
    for (let k = 0; k < MOMENT_SLOTS; k++) s[at + k] = b[from + k];
    return;
  }
  const m2 = b[from + SQUARES];
  const m3 = b[from + CUBES];
  const total = na + n;
  const mean = s[at + MEAN];
  const delta = b[from + MEAN] - mean + (b[from + MEAN_LOW] - s[at + MEAN_LOW]);
  const step = delta / total;
  const step2 = step * step;
  const spread = delta * step * na * n;
  const a2 = s[at + SQUARES];
  const a3 = s[at + CUBES];
  s[at + FOURTHS] +=
    b[from + FOURTHS] +
    spread * step2 * (na * na - na * n + n * n) +
    6 * step2 * (na * na * m2 + n * n * a2) +
    4 * step * (na * m3 - n * a3);
  s[at + CUBES] = a3 + m3 + spread * step * (na - n) + 3 * step * (na * m2 - n * a2);
  s[at + SQUARES] = a2 + m2 + spread;
  const move = step * n;
  const sum = mean + move;
  const shadow = sum - mean;
  s[at + MEAN] = sum;
  s[at + MEAN_LOW] += mean - (sum - shadow) + (move - shadow);
  s[at] = total;
}

const group = new Float64Array(MOMENT_SLOTS);

/**
 * Merges `n` values given at `p[from]`: a shift as two doubles, then the sums of the first to `order`th powers of the distances
 * from it.
 */
export function mergePowerSums(
  s: Float64Array,
  at: number,
  n: number,
  p: Float64Array,
  from: number,
  order: 2 | 4,
): void {
  if (n === 0) return;
  const shift = p[from];
  const s1 = p[from + 2];
  const s2 = p[from + 3];
  const m = s1 / n;
  const mm = m * m;
  const mean = shift + m;
  const shadow = mean - shift;
  group[0] = n;
  group[MEAN] = mean;
  group[MEAN_LOW] = shift - (mean - shadow) + (m - shadow) + p[from + 1];
  group[SQUARES] = Math.max(0, s2 - s1 * m);
  group[CUBES] = 0;
  group[FOURTHS] = 0;
  if (order === 4) {
    const s3 = p[from + 4];
    group[CUBES] = s3 - 3 * m * s2 + 2 * n * mm * m;
    group[FOURTHS] = Math.max(0, p[from + 5] - 4 * m * s3 + 6 * mm * s2 - 3 * n * mm * mm);
  }
  mergeMoments(s, at, group, 0);
}

/** Below this standard deviation a distribution counts as a point and has neither skewness nor kurtosis. */
const POINT = 1e-9;

/** Population skewness; 0 where the standard deviation is below 1e-9 or there is no value. */
export function skewness(s: Float64Array, at: number): number {
  const n = s[at];
  const variance = s[at + SQUARES] / n;
  const spread = Math.sqrt(variance);
  if (n === 0 || spread < POINT) return 0;
  return s[at + CUBES] / n / (variance * spread);
}

/** Population excess kurtosis; 0 where the standard deviation is below 1e-9 or there is no value. */
export function kurtosis(s: Float64Array, at: number): number {
  const n = s[at];
  const variance = s[at + SQUARES] / n;
  if (n === 0 || Math.sqrt(variance) < POINT) return 0;
  return s[at + FOURTHS] / n / (variance * variance) - 3;
}

/** Population standard deviation; 0 where there is no value. */
export function deviation(s: Float64Array, at: number): number {
  return s[at] === 0 ? 0 : Math.sqrt(s[at + SQUARES] / s[at]);
}
