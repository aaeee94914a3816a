import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHistogram } from './histogram.ts';

test('quantiles within 2 %, the largest exactly, what is not above 0 counted', () => {
  const histogram = createHistogram();
  for (let i = 1; i <= 1000; i++) histogram.add(i * 1e-3);
  for (const q of [0.1, 0.5, 0.9, 0.99]) assert.ok(Math.abs(histogram.quantile(q) / q - 1) < 0.02, String(q));
  assert.equal(histogram.most, 1);
  assert.equal(histogram.quantile(1), 1);
  histogram.add(0);
  assert.equal(histogram.count, 1001);
  assert.equal(histogram.quantile(0), 0);
  assert.ok(Number.isNaN(createHistogram().quantile(0.5)));
});
