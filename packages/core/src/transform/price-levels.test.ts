import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributions, sfc32 } from '../base/random.ts';
import { isPriceLevel } from './price-levels.ts';

const random = distributions(sfc32(3));
let level = 60_000;
const price = Float64Array.from({ length: 1000 }, () => (level *= 1 + 0.001 * random.normal()));
const whole = [{ from: 0, to: 1000 }];
const average = (rows: number): Float64Array =>
  price.map((_, i) => (i + 1 < rows ? NaN : price.subarray(i + 1 - rows, i + 1).reduce((a, b) => a + b, 0) / rows));

test('the price, its averages and what rises with it are levels, missing values aside', () => {
  for (const column of [price, average(5), average(100), price.map((p) => 1e-6 * p * p), price.map((p) => p - 50_000)])
    assert.ok(isPriceLevel(column, price, whole));
});

test('returns, ratios, noise and constants are none, nor is a ratio where the price is about 1', () => {
  const returns = price.map((p, i) => (i === 0 ? NaN : p / price[i - 1] - 1));
  const ratio = average(20).map((a, i) => a / price[i]);
  const noise = price.map(() => random.normal());
  for (const column of [returns, ratio, noise, price.map(() => 7)]) assert.ok(!isPriceLevel(column, price, whole));
  assert.ok(
    !isPriceLevel(
      ratio,
      price.map((p) => p / 60_000),
      whole,
    ),
  );
});

test('a column has to be one in every instrument; few rows say nothing', () => {
  const two = [
    { from: 0, to: 500 },
    { from: 500, to: 1000 },
  ];
  const half = price.map((p, i) => (i < 500 ? p : random.normal()));
  assert.ok(isPriceLevel(price, price, two) && !isPriceLevel(half, price, two));
  assert.ok(isPriceLevel(half, price, [two[0], { from: 500, to: 520 }]));
  assert.ok(!isPriceLevel(price, price, [{ from: 0, to: 20 }]));
});
