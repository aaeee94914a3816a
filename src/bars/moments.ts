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

/** Slots of merged moments: count, mean, and the sums of squared, cubed and fourth-power distances from the mean. */
export const MOMENT_SLOTS = 5;

/** Merges `n` values with the given mean and central sums into the moments at `s[at]`. */
export function mergeMoments(
  s: Float64Array,
  at: number,
  n: number,
  mean: number,
  m2: number,
  m3: number,
  m4: number,
): void {
  if (n === 0) return;
  const na = s[at];
  if (na === 0) {
    s[at] = n;
    s[at + 1] = mean;
    s[at + 2] = m2;
    s[at + 3] = m3;
    s[at + 4] = m4;
    return;
  }
  const total = na + n;
  const delta = mean - s[at + 1];
  const step = delta / total;
  const step2 = step * step;
  const spread = delta * step * na * n;
  const a2 = s[at + 2];
  const a3 = s[at + 3];
  s[at + 4] +=
    m4 +
    spread * step2 * (na * na - na * n + n * n) +
    6 * step2 * (na * na * m2 + n * n * a2) +
    4 * step * (na * m3 - n * a3);
  s[at + 3] = a3 + m3 + spread * step * (na - n) + 3 * step * (na * m2 - n * a2);
  s[at + 2] = a2 + m2 + spread;
  s[at + 1] += step * n;
  s[at] = total;
}

/** Merges a group given by power sums of the distances from `shift`. */
export function mergePowerSums(
  s: Float64Array,
  at: number,
  n: number,
  shift: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
): void {
  if (n === 0) return;
  const m = s1 / n;
  const mm = m * m;
  const m2 = Math.max(0, s2 - s1 * m);
  const m3 = s3 - 3 * m * s2 + 2 * n * mm * m;
  const m4 = Math.max(0, s4 - 4 * m * s3 + 6 * mm * s2 - 3 * n * mm * mm);
  mergeMoments(s, at, n, shift + m, m2, m3, m4);
}

/** Below this standard deviation a distribution counts as a point and has neither skewness nor kurtosis. */
const POINT = 1e-9;

/** Population skewness; 0 where the standard deviation is below 1e-9 or there is no value. */
export function skewness(s: Float64Array, at: number): number {
  const n = s[at];
  const variance = s[at + 2] / n;
  const spread = Math.sqrt(variance);
  if (n === 0 || spread < POINT) return 0;
  return s[at + 3] / n / (variance * spread);
}

/** Population excess kurtosis; 0 where the standard deviation is below 1e-9 or there is no value. */
export function kurtosis(s: Float64Array, at: number): number {
  const n = s[at];
  const variance = s[at + 2] / n;
  if (n === 0 || Math.sqrt(variance) < POINT) return 0;
  return s[at + 4] / n / (variance * variance) - 3;
}

/** Population standard deviation; 0 where there is no value. */
export function deviation(s: Float64Array, at: number): number {
  return s[at] === 0 ? 0 : Math.sqrt(s[at + 2] / s[at]);
}
