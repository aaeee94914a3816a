/** Correlation and variance inflation against numpy and the formula of statsmodels. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { correlationMatrix } from '../../packages/core/src/transform/correlation.ts';
import { dropInflated } from '../../packages/core/src/transform/inflation.ts';

interface Golden {
  readonly columns: number[][];
  readonly correlation: number[][];
  /** Of all columns together. */
  readonly factors: number[];
  readonly limit: number;
  readonly dropped: [column: number, factor: number][];
}

const golden = JSON.parse(readFileSync(new URL('./inflation/inflation.json', import.meta.url), 'utf8')) as Golden;
const r = correlationMatrix(golden.columns.map((column) => Float64Array.from(column)));
const near = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) <= 1e-9 * Math.abs(expected) + 1e-13, `expected ${expected}, found ${found}`);

test('correlations as numpy has them', () => {
  golden.correlation.forEach((row, i) => row.forEach((expected, j) => near(r[i][j], expected)));
});

test('variance inflation: the same columns dropped in the same order, for the same factors', () => {
  const found = dropInflated(r, golden.limit);
  assert.ok(golden.dropped.length > 2);
  assert.deepEqual(
    found.map(([column]) => column),
    golden.dropped.map(([column]) => column),
  );
  found.forEach(([, factor], k) => near(factor, golden.dropped[k][1]));
});

test('nothing is dropped below the largest factor', () => {
  const largest = Math.max(...golden.factors);
  assert.deepEqual(dropInflated(r, largest * 1.000001), []);
  assert.equal(dropInflated(r, largest * 0.999999).length, 1);
});
