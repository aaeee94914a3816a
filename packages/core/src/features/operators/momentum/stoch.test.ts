import { test } from 'node:test';
import { assertClose, flatBars, many, mean, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('stoch: place in the range of fastk rows, averaged twice, both from the same row', () => {
  for (const [fastk, slowk, slowd] of [
    [5, 3, 3],
    [14, 1, 4],
    [1, 1, 1],
  ]) {
    const top = perWindow(bars.high, fastk, (w) => Math.max(...w));
    const bottom = perWindow(bars.low, fastk, (w) => Math.min(...w));
    const raw = bars.close.map((c, i) => (top[i] === bottom[i] ? 0 : (100 * (c - bottom[i])) / (top[i] - bottom[i])));
    const k = perWindow(raw, slowk, mean);
    const d = perWindow(k, slowd, mean);
    const found = many(`stoch(${fastk}, ${slowk}, ${slowd})`, 2, bars);
    assertClose(
      found[0],
      k.map((v, i) => (Number.isNaN(d[i]) ? NaN : v)),
    );
    assertClose(found[1], d);
  }
});

test('stoch: 0 without range, and no value while a NaN is in a window', () => {
  const [k] = many('stoch(2, 1, 1)', 2, flatBars(0.7, 4));
  assertClose(k, [NaN, 0, 0, 0], 0);
  const high = [NaN, 5, 5, 5, 5];
  const found = many('stoch(2, 2, 1)', 2, { high, low: [0, 0, 0, 0, 0], close: [1, 1, 1, 1, 1] });
  assertClose(found[1], [NaN, NaN, NaN, 20, 20]);
});
