import { test } from 'node:test';
import {
  assertClose,
  exponential,
  flatBars,
  lagged,
  many,
  mean,
  one,
  perWindow,
  sum,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close } = bars;

test('coppock: weighted average of two rates of change', () => {
  const rate = (n: number): number[] => close.map((c, i) => (c / lagged(close, n)[i] - 1) * 100);
  const weighted = (w: number[]): number => sum(w.map((v, k) => (k + 1) * v)) / sum(w.map((_, k) => k + 1));
  for (const [n, a, b] of [
    [10, 11, 14],
    [1, 5, 2],
  ]) {
    const both = rate(a).map((r, i) => r + rate(b)[i]);
    assertClose(one(`coppock(close, ${n}, ${a}, ${b})`, bars), perWindow(both, n, weighted));
  }
});

test('dpo: the value of half a window ago less the mean', () => {
  for (const n of [2, 3, 20]) {
    const older = lagged(close, Math.floor(n / 2) + 1);
    assertClose(
      one(`dpo(close, ${n})`, bars),
      perWindow(close, n, mean).map((m, i) => older[i] - m),
    );
  }
  const flat = flatBars(98_765_432.1);
  assertClose(one('dpo(close, 7)', flat).slice(6), new Array<number>(34).fill(0), 0);
});

test('eri: high and low above the exponential average', () => {
  for (const n of [1, 13]) {
    const level = exponential(close, n);
    const [bull, bear] = many(`eri(${n})`, 2, bars);
    assertClose(
      bull,
      bars.high.map((h, i) => h - level[i]),
    );
    assertClose(
      bear,
      bars.low.map((l, i) => l - level[i]),
    );
  }
});

test('fosc: distance from the forecast of the row before', () => {
  const forecast = (w: number[]): number => {
    const [n, middle] = [w.length, (w.length - 1) / 2];
    const slope =
      sum(w.map((v, k) => (k - middle) * (v - mean(w)))) / sum(w.map((_, k) => (k - middle) * (k - middle)));
    return mean(w) + slope * (n - middle);
  };
  for (const n of [2, 5]) {
    const ahead = lagged(perWindow(close, n, forecast), 1);
    assertClose(
      one(`fosc(close, ${n})`, bars),
      close.map((c, i) => (100 * (c - ahead[i])) / c),
    );
  }
  assertClose(one('fosc(x, 2)', { x: [1, 2, 0, 4] }), [NaN, NaN, 0, 150], 1e-12);
});

test('qstick: mean body', () => {
  const bodies = close.map((c, i) => c - bars.open[i]);
  assertClose(one('qstick(10)', bars), perWindow(bodies, 10, mean));
});
