/** Operators that are bounded by definition stay within their bounds whatever rounding does: on tick grids, at tiny and huge prices. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { log } from '../packages/core/src/base/elementary/index.ts';
import { catalogue } from '../packages/core/src/features/catalogue.ts';
import { runFeatures, type Table } from './run-features.ts';

const PERCENT = [0, 100] as const;
const SHARE = [0, 1] as const;
const CORRELATION = [-1, 1] as const;

/** Averages whose weights are not negative: sma, ema, wma, trima, kama, mama. The others overshoot by definition. */
const KINDS = [0, 1, 2, 5, 6, 7];

/** Every expression, for a period and a shorter one. */
const bounded: readonly (readonly [(n: number, m: number) => string, readonly [number, number]])[] = [
  ...KINDS.flatMap(
    (kind) =>
      [
        [(n: number, m: number) => `stochf(high, low, close, ${n}, ${m}, ${kind})`, PERCENT],
        [(n: number, m: number) => `stoch(high, low, close, ${n}, ${m}, ${m}, ${kind}, ${kind})`, PERCENT],
        [(n: number, m: number) => `stochrsi(close, ${n}, ${m}, ${m}, ${kind})`, PERCENT],
      ] as const,
  ),
  [(n, m) => `stochrsi(close, ${m}, ${n}, 1)`, PERCENT],
  [(n) => `range_position(close, min(low, ${n}), max(high, ${n}))`, PERCENT],
  [(n) => `range_distance(close, min(low, ${n}), max(high, ${n}))`, [-100, 0]],
  [(n) => `willr(high, low, close, ${n})`, [-100, 0]],
  [(n) => `rsi(close, ${n})`, PERCENT],
  [(n) => `cmo(close, ${n})`, [-100, 100]],
  [(n) => `imi(open, close, ${n})`, PERCENT],
  [(n) => `mfi(high, low, close, volume, ${n})`, PERCENT],
  [(n) => `flow_ratio(volume, high, ${n})`, PERCENT],
  [(n, m) => `ultosc(high, low, close, ${m}, ${n}, ${n + m})`, PERCENT],
  [(n) => `plus_di(high, low, close, ${n})`, PERCENT],
  [(n) => `minus_di(high, low, close, ${n})`, PERCENT],
  [(n) => `dx(high, low, close, ${n})`, PERCENT],
  [(n) => `adx(high, low, close, ${n})`, PERCENT],
  [(n) => `adxr(high, low, close, ${n})`, PERCENT],
  [(n) => `aroon(high, low, ${n})`, PERCENT],
  [(n) => `cmf(high, low, close, volume, ${n})`, CORRELATION],
  [(n) => `cmou(close, ${n})`, [-100, 100]],
  [(n) => `er(close, ${n})`, SHARE],
  [(n) => `percentrank(close, ${n})`, PERCENT],
  [(n, m) => `rvi(close, ${n}, ${m})`, PERCENT],
  [(n, m) => `smi(high, low, close, ${n}, ${m}, ${m}, ${m})`, [-100, 100]],
  [(n, m) => `tsi(close, ${n}, ${m})`, [-100, 100]],
  [(n) => `aroonosc(high, low, ${n})`, [-100, 100]],
  [() => `bop(open, high, low, close)`, CORRELATION],
  [(n) => `correl(high, low, ${n})`, CORRELATION],
  [(n) => `autocorrelation(close, ${n + 2})`, CORRELATION],
  [(n) => `rolling_rank(close, ${n})`, SHARE],
  [(n) => `order_flow_imbalance(bought, sold, ${n})`, CORRELATION],
  [(n) => `vpin(bought, sold, ${n})`, SHARE],
  [(n) => `linearreg_angle(close, ${n})`, [-90, 90]],
  [() => `round_distance(close, 0.1)`, [-0.5, 0.5]],
  [(n) => `entropy(close, ${n}, 7)`, [0, log(7)]],
  [() => `ht_sine(close)`, CORRELATION],
  [() => `ht_trendmode(close)`, SHARE],
  [() => `cycle_sin(open_time, 24)`, CORRELATION],
  [() => `cycle_cos(open_time, 24)`, CORRELATION],
  [() => `where(high == low, 0, abs(open - close) / (high - low)) as body_vs_range`, SHARE],
  [() => `day_of_month(open_time)`, [1, 31]],
  [() => `hour_of_day(open_time)`, [0, 23]],
  [() => `week_of_year(open_time)`, [1, 53]],
  [() => `month_of_year(open_time)`, [1, 12]],
];

/** Ticks as markets have them, as floating point does not, and far from 1. */
const TICKS = [0.01, 0.1, 1 / 3, 1e-8, 3e-13, 7e-12, 12345.678, 1e12, 1e150, 1e-150];

/** Bars on a grid, in walks of few levels with long stretches in one place; volumes in hundredths. */
const bars = fc
  .record({
    tick: fc.constantFrom(...TICKS),
    base: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1000, max: 10_000_000 })),
    steps: fc.array(
      fc.tuple(
        fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 9 })),
        fc.nat(6),
        fc.nat(6),
        fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 5 })),
        fc.nat(900),
        fc.nat(900),
      ),
      { minLength: 90, maxLength: 160 },
    ),
  })
  .map(({ tick, base, steps }): Table => {
    let level = base;
    const rows = steps.map(([move, up, down, body, bought, sold], i) => {
      level = Math.max(1, level + move);
      const open = Math.max(1, level - body);
      const high = (Math.max(level, open) + up) * tick;
      const low = Math.max(1, Math.min(level, open) - down) * tick;
      const close = level * tick;
      const flow = { bought: bought / 100, sold: sold / 100, volume: (bought + sold) / 100 };
      return { open: open * tick, high, low, close, ...flow, open_time: i * 3_600_000_000 };
    });
    const names = Object.keys(rows[0]) as (keyof (typeof rows)[number])[];
    return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  });

const PERIODS = [
  [2, 2],
  [3, 2],
  [5, 3],
  [7, 3],
  [14, 5],
  [23, 7],
] as const;

for (const [expression, [least, most]] of bounded) {
  test(`${expression(14, 5)} stays within ${least} and ${most}`, () => {
    let seen = 0;
    fc.assert(
      fc.property(bars, fc.constantFrom(...PERIODS), (table, [n, m]) => {
        for (const [name, values] of Object.entries(runFeatures([expression(n, m)], table))) {
          for (const value of values) {
            if (value !== value) continue;
            seen++;
            assert.ok(value >= least && value <= most, `${name}: ${value}`);
          }
        }
      }),
      { numRuns: 150, seed: 20261128 },
    );
    assert.ok(seen > 1000);
  });
}

test('every operator whose summary states a range is held to it here', () => {
  const tested = new Set(bounded.map(([expression]) => /^\w+/.exec(expression(14, 5))?.[0]));
  const stated = [...catalogue.values()].filter(({ summary }) => /-?\d+ to -?\d+( percent)?$/.test(summary));
  assert.ok(stated.length > 20);
  for (const { name } of stated) assert.ok(tested.has(name), name);
});
