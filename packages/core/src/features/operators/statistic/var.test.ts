import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const variance = (w: number[]): number => mean(w.map((x) => (x - mean(w)) * (x - mean(w))));

test('var: mean squared distance from the mean', () => {
  for (const n of [1, 2, 5, 30]) {
    assertClose(one(`var(close, ${n})`, bars), perWindow(bars.close, n, variance), 1e-12);
  }
});

test('var: keeps its digits where prices are large, and a level of any size adds nothing', () => {
  const x = bars.close.map((v) => Math.round(v * 10));
  const lifted = x.map((v) => v + 2 ** 40);
  assertClose(one('var(x, 20)', { x: lifted }), one('var(x, 20)', { x }), 1e-12);
});

test('var: a flat window has none', () => {
  assert.deepEqual(one('var(x, 3)', { x: [5, 0.7, 0.7, 0.7, 0.7] }).slice(3), [0, 0]);
});
