/** What operator tests share: bars from a seed, windows cut plainly, one feature at a time, comparison with a tolerance. */
import assert from 'node:assert/strict';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import { runFeatures, type Table } from './run-features.ts';

export type Bars = Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', number[]>>;

/** A random walk on a tick of 0.1 around 100, so that ties occur. */
export function walkingBars(rows = 200, seed = 7): Bars {
  const random = mulberry32(seed);
  const bars: Bars = { open: [], high: [], low: [], close: [], volume: [] };
  let price = 1000;
  for (let i = 0; i < rows; i++) {
    const open = price;
    price = Math.max(100, price + Math.round((random() - 0.5) * 20));
    bars.open.push(open / 10);
    bars.high.push((Math.max(open, price) + Math.round(random() * 6)) / 10);
    bars.low.push((Math.min(open, price) - Math.round(random() * 6)) / 10);
    bars.close.push(price / 10);
    bars.volume.push(Math.round(random() * 1000) / 10);
  }
  return bars;
}

/** Bars that stand at one price. */
export function flatBars(price = 0.7, rows = 40): Bars {
  const flat = (): number[] => new Array<number>(rows).fill(price);
  return { open: flat(), high: flat(), low: flat(), close: flat(), volume: flat() };
}

/** `table` with NaN in `rows` of all columns; and without those rows. */
export function withGap(table: Table, rows: readonly number[]): { holed: Table; short: Table } {
  const entries = Object.entries(table).map(([name, column]) => [name, Array.from(column)] as const);
  return {
    holed: Object.fromEntries(entries.map(([n, column]) => [n, column.map((v, i) => (rows.includes(i) ? NaN : v))])),
    short: Object.fromEntries(entries.map(([n, column]) => [n, column.filter((_, i) => !rows.includes(i))])),
  };
}

/** The only output of a feature. */
export function one(feature: string, table: Table): number[] {
  return Array.from(runFeatures([`${feature} as out`], table).out);
}

/** All outputs of a feature, in order. */
export function many(feature: string, count: number, table: Table): number[][] {
  const names = Array.from({ length: count }, (_, k) => `out${k}`);
  const found = runFeatures([`${feature} as ${names.join(', ')}`], table);
  return names.map((name) => Array.from(found[name]));
}

/** `f` of each full window of `n` values; NaN before the first. */
export function perWindow(values: readonly number[], n: number, f: (window: number[]) => number): number[] {
  return values.map((_, i) => (i < n - 1 ? NaN : f(values.slice(i - n + 1, i + 1))));
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The values `n` rows before; NaN in the first. */
export const lagged = (values: readonly number[], n: number): number[] =>
  values.map((_, i) => (i < n ? NaN : values[i - n]));

/** Exponential average with weight `alpha`, seeded by the mean of the first `n` values after those that are NaN. */
export function exponential(values: readonly number[], n: number, alpha = 2 / (n + 1)): number[] {
  const first = values.findIndex((v) => !Number.isNaN(v));
  let level = mean(values.slice(first, first + n));
  return values.map((v, i) => {
    if (i < first + n - 1) return NaN;
    if (i >= first + n) level = alpha * v + (1 - alpha) * level;
    return level;
  });
}

/** True ranges and both directional movements of rows 1 on; row 0 is NaN. */
export function trueRanges({ high, low, close }: Bars): number[] {
  return high.map((h, i) => Math.max(h - low[i], Math.abs(h - close[i - 1]), Math.abs(low[i] - close[i - 1])));
}

/** NaN in the same rows, and values within `tolerance` of max(1, |value|). */
export function assertClose(found: readonly number[], expected: readonly number[], tolerance = 1e-9): void {
  assert.equal(found.length, expected.length);
  expected.forEach((value, row) => {
    const same = Number.isNaN(value)
      ? Number.isNaN(found[row])
      : Math.abs(found[row] - value) <= tolerance * Math.max(1, Math.abs(value));
    assert.ok(same, `row ${row}: expected ${value}, found ${found[row]}`);
  });
}

/** The operator skips rows with NaN: a run with a gap gives the values of a run without those rows. */
export function assertSkips(feature: string, count: number, bars: Bars): void {
  const gap = [0, 9, 30, 31, 32];
  const { holed, short } = withGap(bars, gap);
  const kept = many(feature, count, holed).map((column) => column.filter((_, row) => !gap.includes(row)));
  assert.deepEqual(kept, many(feature, count, short));
}
