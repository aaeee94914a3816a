import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('min: the minimum of each window', () => {
  for (const n of [1, 2, 5, 30]) {
    assertClose(
      one(`min(low, ${n})`, bars),
      perWindow(bars.low, n, (w) => Math.min(...w)),
      0,
    );
  }
});

test('min: no value while a NaN is in the window, and of 0 and -0 the newest', () => {
  assertClose(one('min(x, 2)', { x: [3, 1, NaN, 2, 5, 4] }), [NaN, 1, NaN, NaN, 2, 4], 0);
  assert.deepEqual(one('min(x, 2)', { x: [0, -0, 0] }), [NaN, -0, 0]);
});
