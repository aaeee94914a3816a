import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFeatures } from '../../../../../../test/run-features.ts';
import { makeColumns, type Shape } from '../../../../../minotaur/src/verify/memory/sample-columns.ts';

const ROWS = 300;

/** Walks with ties, flat stretches, NaN and prints of 1e12, at three scales. */
const shapes: readonly Shape[] = [1, 1e-8, 1e8].map((scale, seed) => ({
  seed,
  scale,
  domain: seed === 0 ? 'signed' : 'price',
  stretches: (['walk', 'ticks', 'flat', 'print', 'walk', 'nan', 'ticks', 'hole'] as const).map((kind) => ({
    kind,
    rows: 27,
  })),
}));

/** Checks every window against a plain definition, which gets windows without NaN only. */
function compare(expression: string, n: number, reference: (window: number[]) => number, tolerance: number): void {
  for (const shape of shapes) {
    const { x } = makeColumns(['x'], shape, ROWS);
    const { out } = runFeatures([`${expression} as out`], { x }, [1, 9, 40]);
    for (let i = 0; i < ROWS; i++) {
      const window = [...x.subarray(Math.max(0, i - n + 1), i + 1)];
      const full = window.length === n && !window.some(Number.isNaN);
      const expected = full ? reference(window) : NaN;
      const near = Object.is(out[i] + 0, expected + 0) || Math.abs(out[i] - expected) <= tolerance * Math.abs(expected);
      assert.ok(near, `${expression}, scale ${shape.scale}, row ${i}: expected ${expected}, found ${out[i]}`);
    }
  }
}

/** A power of two that all values are multiples of. */
function unitOf(window: readonly number[]): number {
  let unit = 1;
  while (window.some((value) => value % unit !== 0)) unit /= 2;
  return unit;
}

/** Sums of powers of n times the distance from the mean, exact: doubles are integers times a power of two. */
function exactMoments(window: readonly number[]): { readonly unit: number; readonly sums: (power: number) => number } {
  const unit = unitOf(window);
  const integers = window.map((value) => BigInt(value / unit));
  const n = BigInt(window.length);
  const total = integers.reduce((sum, value) => sum + value, 0n);
  const sums = (power: number): number =>
    Number(integers.reduce((sum, value) => sum + (value * n - total) ** BigInt(power), 0n));
  return { unit, sums };
}

function variance(window: readonly number[]): number {
  const n = window.length;
  const { unit, sums } = exactMoments(window);
  return ((sums(2) / (n * n)) * unit * unit) / (n - 1);
}

function skew(window: readonly number[]): number {
  const n = window.length;
  const { sums } = exactMoments(window);
  const m2 = sums(2) / n;
  return ((Math.sqrt(n * (n - 1)) / (n - 2)) * (sums(3) / n)) / (m2 * Math.sqrt(m2));
}

function kurt(window: readonly number[]): number {
  const n = window.length;
  const { sums } = exactMoments(window);
  const ratio = sums(4) / sums(2) / sums(2);
  return ((n - 1) / ((n - 2) * (n - 3))) * (n * (n + 1) * ratio - 3 * (n - 1));
}

function quantile(window: readonly number[], q: number): number {
  const sorted = [...window].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const k = Math.floor(place);
  return place === k ? sorted[k] : sorted[k] + (sorted[k + 1] - sorted[k]) * (place - k);
}

function exactSum(window: readonly number[]): number {
  const unit = unitOf(window);
  return Number(window.reduce((sum, value) => sum + BigInt(value / unit), 0n)) * unit;
}

for (const n of [1, 2, 14]) {
  test(`rolling_sum, rolling_mean of ${n} are exact`, () => {
    compare(`rolling_sum(x, ${n})`, n, exactSum, 0);
    compare(`rolling_mean(x, ${n})`, n, (w) => exactSum(w) / n, 0);
  });
}

for (const n of [2, 5, 20]) {
  test(`rolling_var, rolling_std of ${n}: 1e-12 of exact arithmetic`, () => {
    compare(`rolling_var(x, ${n})`, n, variance, 1e-12);
    compare(`rolling_std(x, ${n})`, n, (w) => Math.sqrt(variance(w)), 1e-12);
  });
}

/** Skewness and kurtosis can be 0 by cancellation, so they are compared with 1 added. */
for (const n of [3, 4, 20]) {
  test(`rolling_skew, rolling_kurt of ${n}: 1e-10 of exact arithmetic`, () => {
    compare(`rolling_skew(x, ${n}) + 1000`, n, (w) => skew(w) + 1000, 1e-13);
    if (n > 3) compare(`rolling_kurt(x, ${n}) + 1000`, n, (w) => kurt(w) + 1000, 1e-13);
  });
}

test('rolling_var of a price of 1e8 that moves by its last bit', () => {
  const x = Array.from({ length: 40 }, (_, i) => 1e8 + (i % 3) * 2 ** -26);
  const { out } = runFeatures(['rolling_var(x, 7) as out'], { x });
  const expected = variance(x.slice(-7));
  assert.ok(Math.abs(out[39] - expected) <= 1e-12 * expected, `expected ${expected}, found ${out[39]}`);
});

test('a constant window has deviation 0, and neither skewness, kurtosis nor z-score', () => {
  const x = new Float64Array(12).fill(3.3);
  const names = ['rolling_var', 'rolling_std', 'rolling_skew', 'rolling_kurt', 'rolling_zscore', 'rolling_slope'];
  const out = runFeatures(
    names.map((name) => `${name}(x, 7)`),
    { x },
  );
  assert.deepEqual(
    names.map((name) => out[`${name}_7`][11]),
    [0, 0, NaN, NaN, NaN, 0],
  );
});

for (const n of [1, 2, 7, 20]) {
  test(`rolling_median, rolling_quantile of ${n}`, () => {
    compare(`rolling_median(x, ${n})`, n, (w) => quantile(w, 0.5), 0);
    for (const q of [0, 0.1, 0.25, 0.99, 1]) compare(`rolling_quantile(x, ${n}, ${q})`, n, (w) => quantile(w, q), 0);
  });

  test(`rolling_rank of ${n}`, () => {
    const rank = (window: readonly number[]): number => {
      const newest = window[n - 1];
      const sorted = [...window].sort((a, b) => a - b);
      return (sorted.indexOf(newest) + 1 + sorted.lastIndexOf(newest) + 1) / 2 / n;
    };
    compare(`rolling_rank(x, ${n})`, n, rank, 1e-15);
  });
}

/** The slope to the last digit: n times each distance from the mean is an exact integer. */
function slope(window: readonly number[]): number {
  const n = window.length;
  const unit = unitOf(window);
  const sum = window.reduce((all, value, j) => all + BigInt(2 * j - n + 1) * BigInt(value / unit), 0n);
  return (Number(sum) * unit * 6) / (n * (n * n - 1));
}

for (const n of [2, 5, 20]) {
  test(`rolling_slope of ${n}`, () => {
    for (const shape of shapes) {
      const { x } = makeColumns(['x'], shape, ROWS);
      const { out } = runFeatures([`rolling_slope(x, ${n}) as out`], { x }, [1, 9, 40]);
      for (let i = 0; i < ROWS; i++) {
        const window = [...x.subarray(Math.max(0, i - n + 1), i + 1)];
        const full = window.length === n && !window.some(Number.isNaN);
        const expected = full ? slope(window) : NaN;
        const spread = Math.max(...window) - Math.min(...window);
        const near = Number.isNaN(expected) ? Number.isNaN(out[i]) : Math.abs(out[i] - expected) <= 1e-15 * n * spread;
        assert.ok(near, `scale ${shape.scale}, row ${i}: expected ${expected}, found ${out[i]}`);
      }
    }
  });

  test(`rolling_zscore of ${n}`, () => {
    const zscore = (window: readonly number[]): number => {
      const std = Math.sqrt(variance(window));
      return std === 0 ? NaN : (window[n - 1] - exactSum(window) / n) / std;
    };
    compare(`rolling_zscore(x, ${n}) + 1000`, n, (w) => zscore(w) + 1000, 1e-13);
  });
}
