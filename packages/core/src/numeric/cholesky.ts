/**
 * Symmetric positive definite matrices, as rows, by their factor L, lower triangular, of which L L' is the matrix.
 * Source: Golub and Van Loan, Matrix Computations (2013), section 4.2.
 */
import { dot } from './dot.ts';

/**
 * Columns, the first ones first, that are no linear combination of those before them.
 * @param least of its diagonal, what has to be left of a column when those before it are taken out
 */
export function independentColumns(matrix: readonly Float64Array[], least: number): number[] {
  const kept: number[] = [];
  const factor: Float64Array[] = [];
  matrix.forEach((row, c) => {
    const next = new Float64Array(kept.length + 1);
    let rest = row[c];
    kept.forEach((k, i) => {
      next[i] = (row[k] - dot(next, factor[i], i)) / factor[i][i];
      rest -= next[i] * next[i];
    });
    if (rest <= least) return;
    next[kept.length] = Math.sqrt(rest);
    kept.push(c);
    factor.push(next);
  });
  return kept;
}

/** The inverse: the sum of the outer products of the rows of the inverse of L. */
export function choleskyInverse(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const lower = matrix.map((_, i) => new Float64Array(i + 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) lower[i][j] = (matrix[i][j] - dot(lower[i], lower[j], j)) / lower[j][j];
    lower[i][i] = Math.sqrt(matrix[i][i] - dot(lower[i], lower[i], i));
  }
  const inverse = matrix.map(() => new Float64Array(n));
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
