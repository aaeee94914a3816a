import { test } from 'node:test';
import { assertClose, flatBars, many, mean, one, perWindow, sum, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { high, low } = bars;

const spread = (a: number[], b: number[]): number => sum(a.map((v, i) => (v - mean(a)) * (b[i] - mean(b))));

/** `f` of both windows of `n` values. */
function perPair(a: number[], b: number[], n: number, f: (a: number[], b: number[]) => number): number[] {
  return a.map((_, i) => (i < n - 1 ? NaN : f(a.slice(i - n + 1, i + 1), b.slice(i - n + 1, i + 1))));
}

test('linearreg and its kin: the line nearest to the window', () => {
  for (const n of [2, 5, 14]) {
    const rows = Array.from({ length: n }, (_, k) => k);
    const slope = perWindow(bars.close, n, (w) => spread(rows, w) / spread(rows, rows));
    const oldest = perWindow(bars.close, n, (w) => mean(w)).map((m, i) => m - (slope[i] * (n - 1)) / 2);
    const at = (row: number): number[] => oldest.map((v, i) => v + slope[i] * row);
    assertClose(one(`linearreg_slope(close, ${n})`, bars), slope);
    assertClose(one(`linearreg_intercept(close, ${n})`, bars), oldest);
    assertClose(one(`linearreg(close, ${n})`, bars), at(n - 1));
    assertClose(one(`tsf(close, ${n})`, bars), at(n));
    assertClose(
      one(`linearreg_angle(close, ${n})`, bars),
      slope.map((s) => (Math.atan(s) * 180) / Math.PI),
    );
  }
});

test('linear_fit: a level far above the slope costs no digits, and equal values have none', () => {
  const x = Array.from({ length: 40 }, (_, i) => 1e15 + i);
  const [slope, oldest, newest, next] = many('linear_fit(x, 20)', 4, { x }).map((column) => column[39]);
  assertClose([slope, oldest, newest, next], [1, 1e15 + 20, 1e15 + 39, 1e15 + 40], 0);
  assertClose(one('linearreg_slope(close, 3)', flatBars(0.7, 4)), [NaN, NaN, 0, 0], 0);
  assertClose(one('linearreg(close, 3)', flatBars(0.7, 4)), [NaN, NaN, 0.7, 0.7], 0);
});

test('correl: Pearson, 0 without spread, 1 for multiples, whatever their size', () => {
  for (const n of [2, 5, 30]) {
    const expected = perPair(high, low, n, (a, b) => {
      const both = spread(a, a) * spread(b, b);
      return both < 1e-20 ? 0 : spread(a, b) / Math.sqrt(both);
    });
    assertClose(one(`correl(high, low, ${n})`, bars), expected);
  }
  assertClose(one('correl(high, low, 3)', flatBars(0.7, 4)), [NaN, NaN, 0, 0], 0);
  const x = [1e-12, 3e-12, 2e-12, NaN, 1e-12, 2e-12];
  const y = x.map((v) => v * -4);
  assertClose(one('correl(x, y, 2)', { x, y }), [NaN, -1, -1, NaN, NaN, -1], 1e-12);
});

test('beta: regression of returns, 0 where those of x are all the same', () => {
  const returns = (x: number[]): number[] => x.map((v, i) => v / x[i - 1] - 1);
  for (const n of [2, 5, 20]) {
    const expected = perPair(returns(high), returns(low), n, (a, b) => {
      const own = spread(a, a);
      return own < 1e-25 ? 0 : spread(a, b) / own;
    });
    expected[n - 1] = NaN;
    assertClose(one(`beta(high, low, ${n})`, bars), expected, 1e-8);
  }
  // Returns of a third each, which no double holds.
  const x = [27, 36, 48, 64];
  const y = [1, 2, 5, 7];
  assertClose(one('beta(x, y, 3)', { x, y }), [NaN, NaN, NaN, 0], 0);
  assertClose(one('beta(y, x, 3)', { x, y }), [NaN, NaN, NaN, 0], 0);
});

test('exact_return: both parts together are the return', () => {
  const [rounded, rest] = many('exact_return(x)', 2, { x: [3, 4, 0, 5, NaN] });
  assertClose(rounded, [NaN, 1 / 3, -1, 0, NaN], 0);
  // 1/3 less the double nearest to it.
  assertClose([rest[1] * 2 ** 54], [1 / 3], 1e-12);
  assertClose(rest, [NaN, rest[1], 0, 0, NaN], 0);
});
