/**
 * Variance inflation: 1 / (1 - R^2) of the regression of a column on all others with an intercept, which is the
 * diagonal of the inverse of the correlation matrix.
 *
 * Source: Belsley, Kuh and Welsch, Regression Diagnostics (1980), chapter 3; statsmodels variance_inflation_factor over a
 * matrix with a constant column.
 */

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
  const independent = independentColumns(r);
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
  const a = inverseOf(left.map((i) => Float64Array.from(left, (j) => r[i][j])));
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

/** Columns, the first ones first, that are no linear combination of those before them. */
function independentColumns(r: readonly Float64Array[]): number[] {
  const kept: number[] = [];
  const factor: Float64Array[] = [];
  r.forEach((row, c) => {
    const next = new Float64Array(kept.length + 1);
    let rest = row[c];
    kept.forEach((k, i) => {
      next[i] = (row[k] - dot(next, factor[i], i)) / factor[i][i];
      rest -= next[i] * next[i];
    });
    if (rest <= COLLINEAR) return;
    next[kept.length] = Math.sqrt(rest);
    kept.push(c);
    factor.push(next);
  });
  return kept;
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i] * b[i];
  return sum;
}

/** The inverse of a positive definite matrix: with r = L L', the sum of the outer products of the rows of the inverse of L. */
function inverseOf(r: readonly Float64Array[]): Float64Array[] {
  const n = r.length;
  const lower = r.map((_, i) => new Float64Array(i + 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) lower[i][j] = (r[i][j] - dot(lower[i], lower[j], j)) / lower[j][j];
    lower[i][i] = Math.sqrt(r[i][i] - dot(lower[i], lower[i], i));
  }
  const inverse = r.map(() => new Float64Array(n));
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    // Row i of the inverse of L, by forward substitution over the rows before it.
    const row = new Float64Array(i + 1);
    for (let k = 0; k < i; k++) {
      const share = lower[i][k];
      for (let j = 0; j <= k; j++) row[j] -= share * rows[k][j];
    }
    for (let j = 0; j < i; j++) row[j] /= lower[i][i];
    row[i] = 1 / lower[i][i];
    rows.push(row);
    for (let p = 0; p <= i; p++) for (let q = 0; q <= i; q++) inverse[p][q] += row[p] * row[q];
  }
  return inverse;
}
