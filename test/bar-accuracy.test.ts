/** Moments of bars against 400-bit arithmetic, where prices walk in small equal steps: what differs is in the last digits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMN, type BarColumn } from '../packages/core/src/bars/bar.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { fixed, logRatio, moment, over, root, rounded, times } from './fixed-point.ts';
import { blockOf, START } from './trades.ts';

const TOLERANCE = 1e-9;

/** The first bar that `clock` closes over trades of these prices. */
function firstBar(prices: readonly number[], clocks: ConfigInput['clocks'], clock: string): Record<BarColumn, number> {
  let found: Record<string, number> | undefined;
  const engine = createEngine(
    { clocks },
    {
      onBars: ({ clock: name, data, from }) => {
        if (name === clock)
          found ??= Object.fromEntries(Object.entries(COLUMN).map(([key, c]) => [key, data[c][from]]));
      },
    },
  );
  engine.push(blockOf(prices.map((price, i) => ({ time: START + i, id: i + 1, price, quantity: 1 }))));
  assert.ok(found);
  return found;
}

const returnsOf = (prices: readonly number[]): bigint[] =>
  prices.slice(1).map((price, i) => logRatio(fixed(price), fixed(prices[i])));

function exactVolatility(prices: readonly number[]): number {
  const returns = returnsOf(prices);
  return rounded(root(moment(returns, 2) / BigInt(returns.length)));
}

/** Population skewness and excess kurtosis of the prices. */
function exactShape(prices: readonly number[]): { skewness: number; kurtosis: number } {
  const x = prices.map(fixed);
  const n = BigInt(x.length);
  const variance = moment(x, 2) / n;
  return {
    skewness: rounded(over(moment(x, 3) / n, times(variance, root(variance)))),
    kurtosis: rounded(over(moment(x, 4) / n, times(variance, variance))) - 3,
  };
}

function assertNear(found: number, expected: number, what: string): void {
  const error = Math.abs(found - expected) / Math.abs(expected);
  assert.ok(error <= TOLERANCE, `${what}: expected ${expected}, found ${found}, relative error ${error}`);
}

const staircase = (price: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Number((price + i * step).toFixed(8)));

/** Steps from a fiftieth to a billionth of the price, up and down. */
const stairs: readonly (readonly [price: number, step: number])[] = [
  [67000.01, 0.01],
  [67000.01, -0.01],
  [67000.01, 0.0001],
  [10_000_000, 1],
  [3000.1, 0.01],
  [100, 0.01],
  [0.00001234, 0.00000001],
  [0.5, 0.01],
  [1e-6, 1e-8],
];

for (const [price, step] of stairs) {
  test(`volatility of equal steps of ${step} from ${price}, however many`, () => {
    for (const count of [3, 4, 5, 17, 63, 64, 65, 66, 128, 129, 500]) {
      const prices = staircase(price, step, count).filter((p) => p > 0);
      const bar = firstBar(prices, { it: { bars: 'tick', threshold: prices.length } }, 'it');
      assertNear(bar.intra_bar_tick_price_volatility, exactVolatility(prices), `${prices.length} trades`);
    }
  });

  test(`bars of bars of equal steps of ${step} from ${price}`, () => {
    for (const [ticks, count] of [
      [1, 3],
      [1, 100],
      [2, 2],
      [2, 50],
      [3, 7],
      [65, 4],
    ]) {
      const prices = staircase(price, step, ticks * count).filter((p) => p > 0);
      const n = Math.floor(prices.length / ticks);
      const clocks = { short: { bars: 'tick', threshold: ticks }, long: { from: 'short', count: n } };
      const used = prices.slice(0, n * ticks);
      const bar = firstBar(used, clocks, 'long');
      const what = `${n} bars of ${ticks}`;
      assertNear(bar.intra_bar_tick_price_volatility, exactVolatility(used), what);
      assertNear(bar.tick_price_kurtosis, exactShape(used).kurtosis, `kurtosis, ${what}`);
    }
  });
}

test('steps that differ: volatility of returns from a billionth to a multiple of the price, mixed with none', () => {
  for (const prices of [
    [100, 100.00001, 100.00001, 99.99999, 130, 0.5, 0.5, 0.50001],
    [1e300, 1.0000001e300, 1.0000003e300],
    [7e4, 7e4, 7e4 + 1e-4, 7e4 + 1e-4, 7e4],
  ]) {
    const scaled = prices.map((p) => p / (prices[0] > 1e200 ? 1e300 : 1));
    const bar = firstBar(prices, { it: { bars: 'tick', threshold: prices.length } }, 'it');
    const expected = exactVolatility(scaled);
    const error = Math.abs(bar.intra_bar_tick_price_volatility - expected) / expected;
    assert.ok(error < (prices[0] > 1e200 ? 1e-6 : TOLERANCE), `${prices.join(' ')}: relative error ${error}`);
  }
});

test('skewness of prices a tick apart, merged from bars of one trade', () => {
  const prices = [67000.01, 67000.02, 67000.02, 67000.01, 67000.04, 67000.01, 67000.01, 67000.02, 67000.01];
  const clocks = { short: { bars: 'tick', threshold: 1 }, long: { from: 'short', count: prices.length } };
  const bar = firstBar(prices, clocks, 'long');
  const { skewness, kurtosis } = exactShape(prices);
  assertNear(bar.tick_price_skewness, skewness, 'skewness');
  assertNear(bar.tick_price_kurtosis, kurtosis, 'kurtosis');
});
