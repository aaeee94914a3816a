import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { many, walkingBars } from '../../../../../../test/oracle.ts';

/** Confirmed extremes as [row of the extreme], found in the whole series at once. */
function extremes(x: number[], y: number[], sign: number): number[] {
  return x.flatMap((price, p) => {
    if (p < 5 || p + 5 >= x.length) return [];
    const around = x.slice(p - 5, p + 6).map((v) => v * sign);
    const first = around.indexOf(Math.max(...around)) === 5;
    const away = Math.max(...y.slice(p - 5, p + 6).map((v) => (price - v) * sign)) >= 0.005 * price;
    return first && away ? [p] : [];
  });
}

test('divergence raises its flag 5 bars after the newer extreme, and nowhere else', () => {
  const { high, low, close } = walkingBars(4000);
  const rsi = many('rsi(x, 14)', 1, { x: close })[0];
  const expected = [low, high].map((x, side) => {
    const flags = new Array<number>(x.length).fill(0);
    const sign = side === 0 ? -1 : 1;
    const rows = extremes(x, side === 0 ? high : low, sign);
    rows.forEach((p, j) => {
      const q = rows[j - 1];
      if (q === undefined || p - q > 30) return;
      const level = side === 0 ? rsi[q] < 40 : rsi[q] > 60;
      if ((x[p] - x[q]) * sign > 0 && (rsi[p] - rsi[q]) * sign < 0 && level) flags[p + 5] = 1;
    });
    return flags.map((flag, i) => (i < 54 ? NaN : flag));
  });
  assert.ok(expected.every((flags) => flags.filter((flag) => flag === 1).length > 5));
  assert.deepEqual(many('divergence(high, low, rsi(close, 14))', 2, { high, low, close }), expected);
});

test('regime: strong above 25, weak and ranging otherwise; a NaN makes all NaN', () => {
  const table = { s: [26, 26, 25, 20, 20, NaN], f: [2, 1, 2, 1, 1, 1], w: [1, 2, 1, 2, 1, 1] };
  assert.deepEqual(many('regime(s, f, w)', 5, table), [
    [1, 0, 0, 0, 0, NaN],
    [0, 1, 0, 0, 0, NaN],
    [0, 0, 1, 0, 0, NaN],
    [0, 0, 0, 1, 0, NaN],
    [0, 0, 1, 1, 1, NaN],
  ]);
});

test('fractal_high, fractal_low: the middle of five, the first of equals', () => {
  const { high, low } = walkingBars(500);
  const flag = (x: number[], sign: number): number[] =>
    x.map((_, i) => {
      const five = x.slice(Math.max(0, i - 4), i + 1).map((v) => v * sign);
      return five.length < 5 ? NaN : Number(five.indexOf(Math.max(...five)) === 2);
    });
  assert.deepEqual(many('fractal_high(high)', 1, { high })[0], flag(high, 1));
  assert.deepEqual(many('fractal_low(low)', 1, { low })[0], flag(low, -1));
});

test('liquidity_sweep: beyond the bars before, and back', () => {
  const { high, low, close } = walkingBars(500);
  const sweep = (x: number[], sign: number): number[] =>
    x.map((value, i) => {
      if (i < 10) return NaN;
      const level = Math.max(...x.slice(i - 10, i).map((v) => v * sign));
      return Number(value * sign > level && close[i] * sign < level);
    });
  assert.deepEqual(many('liquidity_sweep(10)', 2, { high, low, close }), [sweep(high, 1), sweep(low, -1)]);
});

test('round_distance, sessions', () => {
  assert.deepEqual(
    many('round_distance(x, 100)', 1, { x: [130, 100, 190, -10] })[0],
    [0.30000000000000004, 0, -0.10000000000000009, -0.1],
  );
  const hours = [0, 6.99, 7, 8, 12, 15.99, 16, 21];
  assert.deepEqual(many('sessions(t)', 3, { t: hours.map((hour) => 1_709_251_200e6 + hour * 3600e6) }), [
    [1, 1, 1, 0, 0, 0, 0, 0],
    [0, 0, 1, 1, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 1, 1, 0],
  ]);
});

test('frac_diff: orders 0, 1 and 2 are the plain differences, 0.5 the binomial series', () => {
  const x = [3, 5, 4, 8, 1];
  assert.deepEqual(many('frac_diff(x, 0, 3)', 1, { x })[0], [NaN, NaN, 4, 8, 1]);
  assert.deepEqual(many('frac_diff(x, 1, 3)', 1, { x })[0], [NaN, NaN, -1, 4, -7]);
  assert.deepEqual(many('frac_diff(x, 2, 3)', 1, { x })[0], [NaN, NaN, -3, 5, -11]);
  assert.deepEqual(many('frac_diff(x, 0.5, 4)', 1, { x })[0].slice(3), [
    8 - 4 / 2 - 5 / 8 - 3 / 16,
    1 - 4 - 4 / 8 - 5 / 16,
  ]);
});

test('cusum_filter: events by hand', () => {
  const x = [0, 1, 2, 3, NaN, 4, 2, 0.5, 0, 0];
  assert.deepEqual(many('cusum_filter(x, 2)', 3, { x }), [
    [NaN, 0, 0, 1, NaN, 0, 0, -1, 0, 0],
    [NaN, 1, 2, 0, NaN, 1, 0, 0, 0, 0],
    [NaN, 0, 0, 0, NaN, 0, -2, 0, -0.5, -0.5],
  ]);
});

/** From the numbers of the steps, in whole numbers: an edge belongs to the bin above it. */
function entropyOfSteps(steps: readonly number[], bins: number): number {
  const low = Math.min(...steps);
  const range = Math.max(...steps) - low;
  const counts = new Map<number, number>();
  for (const step of steps) {
    const bin = range === 0 ? 0 : Math.min(bins - 1, ((step - low) * bins - (((step - low) * bins) % range)) / range);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, c) => sum - (c / steps.length) * Math.log(c / steps.length), 0);
}

test('entropy: values on the edges of bins go to the bin above, whatever the price, the tick, and the rounding of both', () => {
  const n = 12;
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: n, maxLength: n }),
      fc.constantFrom(0, 1, 59, 6_700_001, -3),
      fc.constantFrom(0, 1, 2, 5, 8),
      fc.constantFrom(1, 2, 3, 4, 5, 7, 10, 20),
      (steps, base, decimals, bins) => {
        const x = steps.map((step) => Number(`${base + step}e-${decimals}`));
        // The same steps as differences of prices, where rounding is that of the prices.
        const y = steps.map((step) => Number(`${6_700_001 + step}e-${decimals}`) - Number(`6700001e-${decimals}`));
        for (const values of [x, y]) {
          const found = many(`entropy(x, ${n}, ${bins})`, 1, { x: values })[0][n - 1];
          const expected = entropyOfSteps(steps, bins);
          assert.ok(Math.abs(found - expected) < 1e-12, `${values.join(' ')}: expected ${expected}, found ${found}`);
        }
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
});

test('entropy: one bin, all alike, and a quarter', () => {
  const of = (x: number[], bins: number): number => many(`entropy(x, 4, ${bins})`, 1, { x })[0][3];
  assert.equal(of([2, 2, 2, 2], 5), 0);
  assert.equal(of([0, 1, 2, 3], 4), Math.log(4));
  assert.ok(Math.abs(of([0, 0, 0, 1], 2) - (0.75 * Math.log(4 / 3) + 0.25 * Math.log(4))) < 1e-15);
});
