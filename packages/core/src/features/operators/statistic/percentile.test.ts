import { test } from 'node:test';
import { assertClose, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const { close } = walkingBars();

test('percentile: a value of the window by its rank', () => {
  for (const [n, percent] of [
    [30, 50],
    [10, 0],
    [10, 100],
    [20, 35],
    [7, 33.3],
  ]) {
    const rank = Math.max(1, Math.ceil((n * percent) / 100));
    assertClose(
      one(`percentile(close, ${n}, ${percent})`, { close }),
      perWindow(close, n, (w) => w.toSorted((a, b) => a - b)[rank - 1]),
      0,
    );
  }
});

test('percentrank: values before that are below the newest', () => {
  for (const n of [2, 50]) {
    assertClose(
      one(`percentrank(close, ${n})`, { close }),
      perWindow(close, n + 1, (w) => (100 * w.filter((v) => v < w[n]).length) / n),
    );
  }
  assertClose(one('percentrank(x, 2)', { x: [1, NaN, 3, 4, 5] }), [NaN, NaN, NaN, NaN, 100], 0);
});
