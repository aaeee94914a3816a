/**
 * Variance inflation: 1 / (1 - R^2) of the regression of a column on all others with an intercept, which is the
 * diagonal of the inverse of the correlation matrix.
 *
 * Source: Belsley, Kuh and Welsch, Regression Diagnostics (1980), chapter 3; statsmodels variance_inflation_factor over a
 * matrix with a constant column.
 */
import { choleskyInverse, independentColumns } from '../numeric/cholesky.ts';

/**
 * A column of which the others leave less than this share of the variance is collinear: its factor would be above 1e10,
 * where doubles no longer tell it from infinity.
 */
const COLLINEAR = 1e-10;
/** Factors as near as this are one, and the later column goes: of a pair, both have the same. */
const TIE = 1e-6;
/** The inverse is made anew where its error could be above this share of the factor that decides. */
const TRUST = 1e-4;

/**
 * Repeatedly drops the column with the largest factor, as long as that is above `limit`; of equal ones the last.
 * @param r correlation matrix, as rows
 * @returns dropped columns and their factors, in the order of dropping; collinear ones first, as infinite
 */
export function dropInflated(r: readonly Float64Array[], limit: number): [column: number, factor: number][] {
  const independent = independentColumns(r, COLLINEAR);
  const dropped: [number, number][] = [];
  for (let c = r.length - 1; c >= 0; c--) if (!independent.includes(c)) dropped.push([c, Infinity]);
  let left = independent;
  while (left.length > 1) {
    const after = dropWhileAccurate(r, left, limit, dropped);
    if (after.length === left.length) break;
    left = after;
  }
  return dropped;
}

/**
 * Drops from `left` while the inverse can be trusted and returns what is left. An inverse without column k is
 * A[i][j] - A[i][k] A[k][j] / A[k][k]: cheap, but what a large factor leaves of rounding error stays in the small ones.
 */
function dropWhileAccurate(
  r: readonly Float64Array[],
  left: readonly number[],
  limit: number,
  dropped: [number, number][],
): number[] {
  const a = choleskyInverse(left.map((i) => Float64Array.from(left, (j) => r[i][j])));
  const open = [...left.keys()];
  const factors = (): number[] => open.map((i) => a[i][i]);
  const first = Math.max(...factors());
  const error = Number.EPSILON * first * first;
  while (open.length > 1) {
    const all = factors();
    const largest = Math.max(...all);
    if (!(largest > limit) || (largest < first && largest * TRUST < error)) break;
    const at = all.findLastIndex((factor) => factor >= largest * (1 - TIE));
    const [k] = open.splice(at, 1);
    dropped.push([left[k], a[k][k]]);
    for (const i of open) {
      const share = a[i][k] / a[k][k];
      for (const j of open) a[i][j] -= share * a[k][j];
    }
  }
  return open.map((i) => left[i]);
}
