import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, flatBars, many, one, perWindow, walkingBars, withGap } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const skipping = ['cmo(close, 5)', 'dx(5)', 'plus_dm(5)', 'minus_dm(1)'];

test('rocp, rocr, rocr100: change over period rows, 0 above a zero', () => {
  const x = [2, 0, 3, NaN, 6, 9];
  assertClose(one('rocp(x, 1)', { x }), [NaN, -1, 0, NaN, NaN, 0.5], 0);
  assertClose(one('rocr(x, 1)', { x }), [NaN, 0, 0, NaN, NaN, 1.5], 0);
  assertClose(one('rocr100(x, 1)', { x }), [NaN, 0, 0, NaN, NaN, 150], 0);
  assertClose(one('rocp(x, 1)', { x: [0, NaN] }), [NaN, NaN], 0);
});

test('aroon: place of the lowest low and the highest high, of equal ones the newest', () => {
  const place = (window: number[], better: (a: number, b: number) => boolean): number =>
    window.reduce((best, value, k) => (better(value, window[best]) ? k : best), 0);
  for (const n of [2, 5, 14]) {
    const down = perWindow(bars.low, n + 1, (w) => (100 * place(w, (a, b) => a <= b)) / n);
    const up = perWindow(bars.high, n + 1, (w) => (100 * place(w, (a, b) => a >= b)) / n);
    const found = many(`aroon(${n})`, 2, bars);
    assertClose(found[0], down);
    assertClose(found[1], up);
    assertClose(
      one(`aroonosc(${n})`, bars),
      up.map((u, i) => u - down[i]),
    );
  }
  assertClose(one('aroon(3).aroon_up', flatBars(0.7, 5)), [NaN, NaN, NaN, 100, 100], 0);
});

test('aroon: no value while a NaN is in the window, and none of it afterwards', () => {
  const high = [9, 9, NaN, 1, 2, 3, 2];
  const low = [1, 1, 1, 5, 6, 7, 8];
  assertClose(one('aroon(high, low, 2).aroon_up', { high, low }), [NaN, NaN, NaN, NaN, NaN, 100, 50], 0);
  assertClose(one('aroon(high, low, 2).aroon_down', { high, low }), [NaN, NaN, NaN, NaN, NaN, 0, 0], 0);
});

test('bop: body over range, 0 without a range, NaN where a price is missing', () => {
  const table = { open: [1, 2, 2, NaN], high: [3, 2, 4, 2], low: [1, 2, 2, 2], close: [2, 2, NaN, 2] };
  assertClose(one('bop()', table), [0.5, 0, NaN, NaN], 0);
});

test('imi: share of rising bodies; 50 where all are empty', () => {
  const table = { open: [1, 1, 1, 1, 1], close: [1, 1, 2, 0, 4] };
  assertClose(one('imi(2)', table), [NaN, 50, 100, 50, 75], 1e-12);
});

test('cmo: 2 rsi - 100, but 0 without movement', () => {
  assertClose(
    one('cmo(close, 14)', bars),
    one('rsi(close, 14)', bars).map((v) => 2 * v - 100),
  );
  assertClose(one('cmo(close, 2)', flatBars(0.7, 4)), [NaN, NaN, 0, 0], 0);
});

test('dx: from both indicators; without movement the value before, at first 0', () => {
  const plus = one('plus_di(7)', bars);
  const minus = one('minus_di(7)', bars);
  const dx = one('dx(7)', bars);
  assertClose(
    dx,
    plus.map((p, i) => (100 * Math.abs(p - minus[i])) / (p + minus[i])),
  );
  assertClose(one('dx(2)', flatBars(0.7, 4)), [NaN, NaN, 0, 0], 0);
  const table = { plus: [0, 3, 0], minus: [0, 1, 0] };
  assertClose(one('directional_index(plus, minus)', table), [0, 50, 50], 0);
});

test('adxr: mean of adx now and period - 1 rows before', () => {
  const adx = one('adx(5)', bars);
  assertClose(
    one('adxr(5)', bars),
    adx.map((a, i) => (a + (adx[i - 4] ?? NaN)) / 2),
  );
});

test('plus_dm, minus_dm: sums of the first movements, then smoothed', () => {
  const high = [1, 2, 4, 4, 5];
  const low = [0, 1, 2, 1, 1];
  assertClose(one('plus_dm(high, low, 1)', { high, low }), [NaN, 1, 2, 0, 1], 0);
  assertClose(one('plus_dm(high, low, 3)', { high, low }), [NaN, NaN, 3, 2, 2 * (2 / 3) + 1], 1e-12);
  assertClose(one('minus_dm(high, low, 3)', { high, low }), [NaN, NaN, 0, 1, 2 / 3], 1e-12);
});

test('recursions go on after a NaN as if its row had not been', () => {
  const rows = [3, 40, 41];
  for (const feature of skipping) {
    const { holed, short } = withGap(bars, rows);
    const found = one(feature, holed).filter((_, i) => !rows.includes(i));
    assertClose(found, one(feature, short), 0);
    assert.ok(rows.every((row) => Number.isNaN(one(feature, holed)[row])));
  }
});
