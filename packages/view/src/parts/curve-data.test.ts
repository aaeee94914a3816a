import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packCurves, thinCurve } from './curve-data.ts';

test('a thinned curve keeps its ends and no more points than it may', () => {
  const points = Array.from({ length: 999 }, (_, i) => [i, 1 / (i + 1)] as const);
  const thin = thinCurve(points);
  assert.deepEqual([thin[0], thin.at(-1), thin.length], [points[0], points[998], 32]);
  assert.equal(thinCurve(points.slice(0, 7)).length, 7);
});

test('curves of one clock share the bars that they were measured at', () => {
  const points = (scale: number) => [1, 2, 5].map((bars) => [bars, scale / bars] as const);
  const curves = ['a', 'b'].map((feature, i) => ({ clock: 'short', feature, points: points(i + 1) }));
  const other = { clock: 'long', feature: 'a', points: [[7, 0.123]] as const };
  const settling = { declared: 'finite(5)', within: { '1e-6': 4 }, exactAfter: null };
  const { bars, curves: packed } = packCurves([...curves, other], [{ clock: 'short', feature: 'b', ...settling }]);
  assert.deepEqual(bars, [[1, 2, 5], [7]]);
  assert.deepEqual(packed, [
    { clock: 'short', name: 'short: a', at: 0, differences: [1, 0.5, 0.2] },
    { clock: 'short', name: 'short: b', at: 0, differences: [2, 1, 0.4], settling },
    { clock: 'long', name: 'long: a', at: 1, differences: [0.12] },
  ]);
});
