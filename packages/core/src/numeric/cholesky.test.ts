import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../base/random.ts';
import { choleskyInverse, independentColumns } from './cholesky.ts';

/** A A' of a random matrix of `n` rows and `rank` columns. */
function gram(n: number, rank: number, seed: number): Float64Array[] {
  const random = mulberry32(seed);
  const a = Array.from({ length: n }, () => Array.from({ length: rank }, () => random() - 0.5));
  return a.map((x) => Float64Array.from(a, (y) => x.reduce((sum, value, k) => sum + value * y[k], 0)));
}

test('a matrix times its inverse is the identity', () => {
  for (const n of [1, 2, 5, 30]) {
    const matrix = gram(n, n + 20, n);
    const inverse = choleskyInverse(matrix);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const product = matrix[i].reduce((sum, value, k) => sum + value * inverse[k][j], 0);
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-11, `${n}: [${i}][${j}] ${product}`);
        assert.ok(Math.abs(inverse[i][j] - inverse[j][i]) < 1e-12);
      }
    }
  }
});

test('as many columns are independent as the rank, the first ones', () => {
  assert.deepEqual(independentColumns(gram(8, 20, 3), 1e-10), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(independentColumns(gram(8, 3, 3), 1e-10), [0, 1, 2]);
  assert.deepEqual(independentColumns([Float64Array.of(0, 0), Float64Array.of(0, 1)], 1e-10), [1]);
});
