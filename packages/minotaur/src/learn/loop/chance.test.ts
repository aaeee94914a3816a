/** What is drawn by counting: shares, and that nothing hangs on what was drawn before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillMasks, orderOf } from './chance.ts';

test('an order is every sequence once, another in every epoch, the same for a seed', () => {
  const [first, second] = [0, 1].map((epoch) => orderOf(9, epoch, 1000));
  assert.deepEqual(
    [...first].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, i) => i),
  );
  assert.notDeepEqual(first, second);
  assert.deepEqual(orderOf(9, 1, 1000), second);
  assert.ok(first.filter((sample, i) => sample === i).length < 10, 'few stay where they were');
});

test('masks leave out their share, keep the mean, and reach to their ends and no further', () => {
  const masks = [
    { shape: [101, 99], rate: 0.3, offset: 0 },
    { shape: [20_001], rate: 0.05, offset: 9999 },
  ];
  const out = new Float32Array(30_001).fill(NaN);
  fillMasks(4, 17, masks, out);
  const [wide, narrow] = [out.subarray(0, 9999), out.subarray(9999, 30_000)];
  const share = (values: Float32Array): number => values.filter((value) => value === 0).length / values.length;
  assert.ok(Math.abs(share(wide) - 0.3) < 0.015, `${share(wide)}`);
  assert.ok(Math.abs(share(narrow) - 0.05) < 0.005, `${share(narrow)}`);
  assert.deepEqual(new Set(wide), new Set([0, Math.fround(1 / 0.7)]));
  assert.deepEqual(new Set(narrow), new Set([0, Math.fround(1 / 0.95)]));
  assert.ok(Number.isNaN(out[30_000]));
  // Neighbours come of one number, and hang together no more than others.
  const both = Array.from({ length: 4999 }, (_, k) => Number(wide[2 * k] === 0 && wide[2 * k + 1] === 0));
  assert.ok(Math.abs(both.reduce((sum, one) => sum + one, 0) / 4999 - 0.09) < 0.015);
});
