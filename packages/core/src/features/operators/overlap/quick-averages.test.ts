import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  exponential,
  lagged,
  one,
  perWindow,
  sum,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close, volume } = bars;
const weighted = (w: number[]): number => sum(w.map((v, k) => (k + 1) * v)) / sum(w.map((_, k) => k + 1));

test('rma: weight 1 / period, seeded by the mean', () => {
  for (const n of [1, 2, 30]) assertClose(one(`rma(close, ${n})`, bars), exponential(close, n, 1 / n));
  assertClose(one('rma(x, 1)', { x: [1e16, 1, 3] }), [1e16, 1, 3], 0);
});

test('rma: skips NaN', () => assertSkips('rma(close, 5)', 1, bars));

test('hma: weighted averages of half, whole and root of the period', () => {
  for (const n of [2, 3, 20, 35]) {
    const whole = perWindow(close, n, weighted);
    const ahead = perWindow(close, Math.floor(n / 2), weighted).map((v, i) => 2 * v - whole[i]);
    assertClose(one(`hma(close, ${n})`, bars), perWindow(ahead, Math.floor(Math.sqrt(n)), weighted));
  }
  assertClose(one('hma(close, 1)', bars), close, 0);
});

test('zlema: the average of twice the value less an older one', () => {
  for (const n of [2, 3, 30]) {
    const older = lagged(close, Math.floor((n - 1) / 2));
    assertClose(
      one(`zlema(close, ${n})`, bars),
      exponential(
        close.map((c, i) => 2 * c - older[i]),
        n,
      ),
    );
  }
  assertClose(one('zlema(close, 1)', bars), close, 0);
});

test('vwma: weighted by volume, no value without', () => {
  for (const n of [2, 30]) {
    const paid = perWindow(
      close.map((c, i) => c * volume[i]),
      n,
      sum,
    );
    assertClose(
      one(`vwma(close, volume, ${n})`, bars),
      perWindow(volume, n, sum).map((v, i) => (v === 0 ? NaN : paid[i] / v)),
    );
  }
  const rare = { x: [5, 6, 7, 8], volume: [0.1, 0, 0, 0.2] };
  assertClose(one('vwma(x, volume, 2)', rare), [NaN, 5, NaN, 8], 1e-15);
  assertClose(one('vwma(x, volume, 1)', rare), rare.x, 0);
});

test('ma: types 9 to 13 are hma, the value, zlema and rma; 11 is none', () => {
  for (const [type, name] of [
    [9, 'hma(close, 9)'],
    [10, 'close'],
    [12, 'zlema(close, 9)'],
    [13, 'rma(close, 9)'],
  ] as const) {
    assertClose(one(`ma(close, 9, ${type})`, bars), one(name, bars), 0);
  }
});
