import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributionOf } from './distribution.ts';

test('over the ready rows alone: quantiles, moments, what is missing, and heights that make one', () => {
  const values = Float64Array.of(1, 2, 3, 4, 100, NaN);
  const ready = Float64Array.of(1, 1, 1, 1, 0, 1);
  const { rows, missing, mean, deviation, quantiles, histogram } = distributionOf(values, ready);
  assert.deepEqual({ rows, missing, mean }, { rows: 5, missing: 1, mean: 2.5 });
  assert.ok(Math.abs((deviation ?? 0) - Math.sqrt(1.25)) < 1e-12);
  assert.deepEqual(
    quantiles.filter(([share]) => [0, 0.5, 1].includes(share)),
    [
      [0, 1],
      [0.5, 2.5],
      [1, 4],
    ],
  );
  assert.ok(Math.abs(histogram.heights.reduce((sum, height) => sum + height, 0) - 1) < 1e-12);
});

test('of no value, and of one value again and again', () => {
  const none = distributionOf(Float64Array.of(NaN, NaN), undefined);
  assert.deepEqual([none.rows, none.missing, none.mean, none.histogram.heights.length], [2, 2, null, 0]);
  const one = distributionOf(new Float64Array(10).fill(7), undefined);
  assert.deepEqual([one.mean, one.deviation, one.histogram.heights[0]], [7, 0, 1]);
});
