import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  flatBars,
  mean,
  one,
  trueRanges,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();

/** From the definition: Wilder sums of movement and range, dx of both, its Wilder average. */
function naive(
  { high, low }: typeof bars,
  ranges: number[],
  n: number,
): { plus: number[]; minus: number[]; adx: number[] } {
  const up = high.map((h, i) => h - high[i - 1]);
  const down = low.map((l, i) => low[i - 1] - l);
  const wilder = (moves: number[]): number[] => {
    let total = 0;
    return moves.map((move, i) => {
      if (i > 0) total += move - (i < n ? 0 : total / n);
      return i < n ? NaN : total;
    });
  };
  const range = wilder(ranges);
  const plus = wilder(up.map((u, i) => (u > 0 && u > down[i] ? u : 0))).map((v, i) => (100 * v) / range[i]);
  const minus = wilder(down.map((d, i) => (d > 0 && d > up[i] ? d : 0))).map((v, i) => (100 * v) / range[i]);
  const dx = plus.map((p, i) => (100 * Math.abs(p - minus[i])) / (p + minus[i]));
  let average = 0;
  const adx = dx.map((v, i) => {
    if (i < 2 * n - 1) return NaN;
    average = i === 2 * n - 1 ? mean(dx.slice(n, 2 * n)) : (average * (n - 1) + v) / n;
    return average;
  });
  return { plus, minus, adx };
}

test('adx, plus_di, minus_di: from their definitions', () => {
  for (const n of [3, 7, 14]) {
    const expected = naive(bars, trueRanges(bars), n);
    assertClose(one(`plus_di(${n})`, bars), expected.plus);
    assertClose(one(`minus_di(${n})`, bars), expected.minus);
    assertClose(one(`adx(${n})`, bars), expected.adx);
  }
});

test('adx, plus_di, minus_di: 0 without any range', () => {
  const nothing = (rows: number): number[] => flatBars().close.map((_, i) => (i < rows ? NaN : 0));
  assertClose(one('adx(3)', flatBars()), nothing(5), 0);
  assertClose(one('plus_di(3)', flatBars()), nothing(3), 0);
  assertClose(one('minus_di(3)', flatBars()), nothing(3), 0);
});

test('adx: held where nothing moves any more', () => {
  const still = { high: [1, 2, 3, 4, 4, 4], low: [0, 1, 2, 4, 4, 4], close: [1, 2, 3, 4, 4, 4] };
  const found = one('adx_average(p, m, 2)', { p: [3, 1, 0, 0], m: [1, 3, 0, 0] });
  assertClose(found, [NaN, 50, 50, 50], 0);
  assertClose(one('adx(2)', still).slice(3), [100, 100, 100], 1e-12);
});

test('adx, plus_di, minus_di: skip NaN', () => {
  for (const name of ['adx', 'plus_di', 'minus_di']) assertSkips(`${name}(5)`, 1, bars);
});
