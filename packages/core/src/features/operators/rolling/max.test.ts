import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('max: the maximum of each window', () => {
  for (const n of [1, 2, 5, 30]) {
    assertClose(
      one(`max(high, ${n})`, bars),
      perWindow(bars.high, n, (w) => Math.max(...w)),
      0,
    );
  }
});

test('max: no value while a NaN is in the window, and of 0 and -0 the newest', () => {
  assertClose(one('max(x, 2)', { x: [3, 1, NaN, 2, 5, 4] }), [NaN, 3, NaN, NaN, 5, 5], 0);
  assert.deepEqual(one('max(x, 2)', { x: [0, -0, 0] }), [NaN, -0, 0]);
});
