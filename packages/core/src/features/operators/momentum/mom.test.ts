import { test } from 'node:test';
import { assertClose, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const { close } = walkingBars();

test('mom: last less first of each window', () => {
  for (const n of [1, 10]) {
    assertClose(
      one(`mom(close, ${n})`, { close }),
      perWindow(close, n + 1, (w) => w[n] - w[0]),
      0,
    );
  }
});
