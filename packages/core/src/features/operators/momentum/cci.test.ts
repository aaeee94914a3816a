import { test } from 'node:test';
import { assertClose, flatBars, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('cci: distance from the mean in mean deviations', () => {
  const typical = bars.close.map((c, i) => (bars.high[i] + bars.low[i] + c) / 3);
  const naive = (w: number[]): number =>
    (w[w.length - 1] - mean(w)) / (0.015 * mean(w.map((x) => Math.abs(x - mean(w)))));
  for (const n of [3, 14, 21]) assertClose(one(`cci(${n})`, bars), perWindow(typical, n, naive));
});

test('cci: exactly 0 in a flat window, whatever the price', () => {
  for (const price of [0.1, 0.7, 1e8 / 3]) {
    assertClose(
      one('cci(14)', flatBars(price)),
      flatBars().close.map((_, i) => (i < 13 ? NaN : 0)),
      0,
    );
  }
});
