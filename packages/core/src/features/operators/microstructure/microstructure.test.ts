import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../../../base/random.ts';
import { many, mean, one, sum, walkingBars } from '../../../../../../test/oracle.ts';
import { fixed, over, rounded, times, total } from '../../../../../../test/fixed-point.ts';

const random = mulberry32(5);
const bars = walkingBars(300);
const { high, low, close, volume } = bars;
const share = volume.map(() => random());
const buy = volume.map((v, i) => (v + 1) * share[i]);
const sell = volume.map((v, i) => (v + 1) * (1 - share[i]));
const vwap = close.map((c, i) => (c + high[i] + low[i]) / 3);
const table = {
  ...bars,
  volume: volume.map((v) => v + 1),
  vwap,
  dollar_volume: volume.map((v, i) => (v + 1) * vwap[i]),
  taker_buy_volume: buy,
  taker_sell_volume: sell,
  ofi: buy.map((b, i) => b - sell[i]),
  num_ticks: volume.map(() => 1 + Math.floor(random() * 50)),
  duration_seconds: volume.map(() => 0.5 + random()),
};
const { ofi, dollar_volume: money } = table;
const change = (k: number): number => close[k] - close[k - 1];
const ret = (k: number): number => Math.log(close[k] / close[k - 1]);

function cov(x: number[], y: number[]): number {
  return sum(x.map((value, j) => (value - mean(x)) * (y[j] - mean(y)))) / (x.length - 1);
}

function spread(k: number): number {
  const range = (j: number): number => Math.log(high[j] / low[j]) * Math.log(high[j] / low[j]);
  const beta = range(k - 1) + range(k);
  const both = Math.log(Math.max(high[k - 1], high[k]) / Math.min(low[k - 1], low[k]));
  const root = 3 - 2 * Math.SQRT2;
  const alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / root - Math.sqrt((both * both) / root);
  return Math.max(0, (2 * (Math.exp(alpha) - 1)) / (1 + Math.exp(alpha)));
}

const of = (x: readonly number[], rows: number[]): number[] => rows.map((k) => x[k]);
/** Exact: a rounded average would have no digits left where the close is near it. */
function distance(rows: number[]): number {
  const [amount, paid] = [table.volume, money].map((x) => total(of(x, rows).map(fixed)));
  return rounded(over(times(fixed(close[rows[rows.length - 1]]), amount) - paid, paid));
}

/** Formula over rows, and how many rows before them it reads. */
const formulas: Record<string, [(rows: number[]) => number, number]> = {
  amihud: [(rows) => mean(rows.map((k) => Math.abs(ret(k)) / money[k])), 1],
  kyle_lambda: [(rows) => cov(rows.map(change), of(ofi, rows)) / cov(of(ofi, rows), of(ofi, rows)), 1],
  hasbrouck_lambda: [
    (rows) => {
      const flow = rows.map((k) => Math.sign(ofi[k]) * Math.sqrt(Math.abs(ofi[k]) * vwap[k]));
      return cov(rows.map(ret), flow) / cov(flow, flow);
    },
    1,
  ],
  roll_spread: [
    (rows) =>
      2 *
      Math.sqrt(
        Math.max(
          0,
          -cov(
            rows.map(change),
            rows.map((k) => change(k - 1)),
          ),
        ),
      ),
    2,
  ],
  corwin_schultz: [(rows) => mean(rows.map(spread)), 1],
  vpin: [(rows) => sum(rows.map((k) => Math.abs(buy[k] - sell[k]))) / sum(rows.map((k) => buy[k] + sell[k])), 0],
  order_flow_imbalance: [(rows) => sum(of(ofi, rows)) / sum(rows.map((k) => buy[k] + sell[k])), 0],
  trade_intensity: [(rows) => sum(of(table.num_ticks, rows)) / sum(of(table.duration_seconds, rows)), 0],
  vwap_distance: [distance, 0],
};

function compare(found: number[], n: number, before: number, formula: (rows: number[]) => number): void {
  found.forEach((value, i) => {
    const rows = Array.from({ length: n }, (_, j) => i - n + 1 + j);
    const expected = i < n - 1 + before ? NaN : formula(rows);
    const near = Number.isNaN(expected)
      ? Number.isNaN(value)
      : Math.abs(value - expected) <= 1e-11 * Math.abs(expected) + 1e-17;
    assert.ok(near, `row ${i}: expected ${expected}, found ${value}`);
  });
}

for (const [name, [formula, before]] of Object.entries(formulas)) {
  for (const n of [3, 20]) {
    test(`${name}(${n}) by its formula`, () => compare(one(`${name}(${n})`, table), n, before, formula));
  }
}

test('vwap_reclaim: the bar that crosses, each way', () => {
  const [reclaim, loss] = many('vwap_reclaim(20)', 2, table);
  const before = (rows: number[]): number => distance(rows.map((k) => k - 1));
  compare(reclaim, 20, 1, (rows) => Number(distance(rows) > 0 && before(rows) <= 0));
  compare(loss, 20, 1, (rows) => Number(distance(rows) < 0 && before(rows) >= 0));
  assert.ok(reclaim.includes(1) && loss.includes(1));
});

test('cumulative_delta is the exact total', () => {
  assert.deepEqual(one('cumulative_delta(ofi)', { ofi: [1e16, 1, NaN, 1, -1e16, 0.5] }), [
    1e16,
    1e16,
    NaN,
    1e16 + 2,
    2,
    2.5,
  ]);
});
