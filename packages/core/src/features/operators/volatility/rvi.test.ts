import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  exponential,
  flatBars,
  mean,
  one,
  perWindow,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close } = bars;
const deviation = (w: number[]): number => Math.sqrt(mean(w.map((x) => (x - mean(w)) * (x - mean(w)))));

test('rvi: deviation of rising rows as a share of that of all that move', () => {
  for (const [n, rows] of [
    [14, 10],
    [3, 2],
  ]) {
    const spread = perWindow(close, rows, deviation);
    const part = (sign: number): number[] =>
      exponential(
        spread.map((s, i) => (Math.sign(close[i] - close[i - 1]) === sign ? s : 0 * s)),
        n,
        1 / n,
      );
    const down = part(-1);
    assertClose(
      one(`rvi(close, ${n}, ${rows})`, bars),
      part(1).map((up, i) => (100 * up) / (up + down[i])),
    );
  }
});

test('rvi: 50 where nothing has moved, and it stands still while the price does', () => {
  assertClose(one('rvi(close, 3, 2)', flatBars()).slice(3), new Array<number>(37).fill(50), 0);
  const still = [1, 2, 1.5, 3, 2, 4, ...new Array<number>(20_000).fill(4)];
  const index = one('rvi(x, 3, 2)', { x: still });
  assertClose(index.slice(5), new Array<number>(index.length - 5).fill(index[5]), 0);
});

test('averaged_share: skips NaN; a period of 1 remembers nothing', () => {
  assertSkips('averaged_share(close, volume, 4)', 1, bars);
  assertClose(one('averaged_share(x, y, 1)', { x: [1, 0, 2], y: [4, 0, 4] }), [0.25, 0.5, 0.5], 0);
});
