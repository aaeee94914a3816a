import { test } from 'node:test';
import { assertClose, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const { close } = walkingBars();

test('roc: percent from the first to the last of each window', () => {
  for (const n of [1, 10]) {
    assertClose(
      one(`roc(close, ${n})`, { close }),
      perWindow(close, n + 1, (w) => (100 * (w[n] - w[0])) / w[0]),
    );
  }
});

test('roc: 0 above a zero, NaN above and below a NaN', () => {
  assertClose(one('roc(x, 1)', { x: [0, 5, NaN, 0, NaN] }), [NaN, 0, NaN, NaN, NaN], 0);
});
