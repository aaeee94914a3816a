/** Averages against naive references, and where TA-Lib is no guide: gaps and flat stretches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  flatBars,
  many,
  mean,
  one,
  perWindow,
  sum,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close, high, low } = bars;

/** Textbook recursion, seeded by the mean of the first `n` values; NaN before. */
function naiveEma(values: readonly number[], n: number): number[] {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const out = values.map(() => NaN);
  out[first + n - 1] = mean(values.slice(first, first + n));
  for (let i = first + n; i < values.length; i++) out[i] = out[i - 1] + (2 / (n + 1)) * (values[i] - out[i - 1]);
  return out;
}

test('wma: newest value weighs most', () => {
  for (const n of [1, 2, 3, 4, 5, 30]) {
    const weighted = (w: number[]): number => sum(w.map((v, k) => v * (k + 1))) / ((n * (n + 1)) / 2);
    assertClose(one(`wma(close, ${n})`, bars), perWindow(close, n, weighted), 1e-12);
  }
});

test('trima: weights rise to the middle and fall again', () => {
  for (const n of [1, 2, 3, 4, 5, 30]) {
    const weights = Array.from({ length: n }, (_, k) => Math.min(k + 1, n - k));
    const weighted = (w: number[]): number => sum(w.map((v, k) => v * weights[k])) / sum(weights);
    assertClose(one(`trima(close, ${n})`, bars), perWindow(close, n, weighted), 1e-12);
  }
});

test('dema, tema, t3: from averages of averages', () => {
  const n = 5;
  const e = [close];
  for (let k = 1; k <= 6; k++) e.push(naiveEma(e[k - 1], n));
  const at = (f: (i: number) => number): number[] => close.map((_, i) => f(i));
  assertClose(
    one(`dema(close, ${n})`, bars),
    at((i) => 2 * e[1][i] - e[2][i]),
  );
  assertClose(
    one(`tema(close, ${n})`, bars),
    at((i) => 3 * e[1][i] - 3 * e[2][i] + e[3][i]),
  );
  const v = 0.6;
  const u = 1 + v;
  assertClose(
    one(`t3(close, ${n}, ${v})`, bars),
    at((i) => u * u * u * e[3][i] - 3 * u * u * v * e[4][i] + 3 * u * v * v * e[5][i] - v * v * v * e[6][i]),
  );
});

test('midpoint and midprice: middle of the range', () => {
  const middle = (w: number[]): number => (Math.max(...w) + Math.min(...w)) / 2;
  assertClose(one('midpoint(close, 7)', bars), perWindow(close, 7, middle), 0);
  const highest = perWindow(high, 7, (w) => Math.max(...w));
  const lowest = perWindow(low, 7, (w) => Math.min(...w));
  assertClose(
    one('midprice(high, low, 7)', bars),
    highest.map((h, i) => (h + lowest[i]) / 2),
    0,
  );
});

test('kama: a price that goes one way is followed fast, one that stands still has no path', () => {
  const straight = one('kama(x, 3)', { x: [1, 2, 3, 4, 5] });
  const weight = (2 / 3) * (2 / 3);
  assertClose(straight, [NaN, NaN, NaN, 3 + weight, 3 + weight + weight * (2 - weight)], 1e-12);
  assert.ok(one('kama(close, 5)', flatBars(0.7)).every((value, i) => (i < 5 ? Number.isNaN(value) : value === 0.7)));
  const last = one('kama(x, 2)', { x: [1, 2, NaN, 3, 4, 5, 6] });
  assert.ok(last.slice(2, 5).every(Number.isNaN) && last[6] > 0, String(last));
});

test('accbands: flat bars have no width, and a price of 0 is no division', () => {
  const flat = many('accbands(high, low, close, 3)', 3, flatBars(4));
  for (const band of flat) assertClose(band.slice(2), new Array<number>(38).fill(4), 0);
  const none = many('accbands(high, low, close, 2)', 3, flatBars(0));
  for (const band of none) assertClose(band.slice(1), new Array<number>(39).fill(0), 0);
});

test('a row with NaN is skipped', () => {
  for (const feature of [
    'dema(close, 3)',
    'tema(close, 3)',
    't3(close, 2, 0.7)',
    'sar(high, low)',
    'sarext(high, low)',
  ]) {
    assertSkips(feature, 1, bars);
  }
  assertSkips('mama(close)', 2, bars);
});
