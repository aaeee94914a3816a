import { test } from 'node:test';
import { assertClose, flatBars, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('willr: distance from the top in percent of the range', () => {
  for (const n of [2, 14, 28]) {
    const top = perWindow(bars.high, n, (w) => Math.max(...w));
    const bottom = perWindow(bars.low, n, (w) => Math.min(...w));
    assertClose(
      one(`willr(${n})`, bars),
      bars.close.map((c, i) => (top[i] === bottom[i] ? 0 : (-100 * (top[i] - c)) / (top[i] - bottom[i]))),
    );
  }
});

test('willr: 0 without range', () => {
  assertClose(one('willr(2)', flatBars(0.7, 3)), [NaN, 0, 0], 0);
});
