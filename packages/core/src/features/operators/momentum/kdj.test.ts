import { test } from 'node:test';
import { assertClose, exponential, many, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test("kdj: the stochastic of Wilder's averages, and 3 k - 2 d", () => {
  const top = perWindow(bars.high, 9, (w) => Math.max(...w));
  const bottom = perWindow(bars.low, 9, (w) => Math.min(...w));
  const place = bars.close.map((c, i) => (100 * (c - bottom[i])) / (top[i] - bottom[i]));
  const k = exponential(place, 3, 1 / 3);
  const d = exponential(k, 3, 1 / 3);
  const found = many('kdj(9, 3, 3)', 3, bars);
  assertClose(
    found[0],
    k.map((v, i) => (Number.isNaN(d[i]) ? NaN : v)),
  );
  assertClose(found[1], d);
  assertClose(
    found[2],
    k.map((v, i) => 3 * v - 2 * d[i]),
  );
});

test('kdj: other averages are those of stoch', () => {
  const [k, d] = many('kdj(5, 3, 4, 0, 1)', 3, bars);
  const [stochK, stochD] = many('stoch(5, 3, 4, 0, 1)', 2, bars);
  assertClose(k, stochK, 0);
  assertClose(d, stochD, 0);
});
