import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, one, sum, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars(300);
const { open, high, low, close } = bars;
const square = (x: number): number => x * x;
const ln = Math.log;

function variance(values: number[]): number {
  const middle = mean(values);
  return sum(values.map((x) => square(x - middle))) / (values.length - 1);
}

const gap = (k: number): number => ln(open[k] / close[k - 1]);
const body = (k: number): number => ln(close[k] / open[k]);
const change = (k: number): number => ln(close[k]) - ln(close[k - 1]);
const rs = (k: number): number =>
  ln(high[k] / close[k]) * ln(high[k] / open[k]) + ln(low[k] / close[k]) * ln(low[k] / open[k]);
const gk = (k: number): number => 0.5 * square(ln(high[k] / low[k])) - (2 * ln(2) - 1) * square(body(k));

/** Formulas of the papers over rows `k`; rows beyond them that are needed before the first value. */
const formulas: Record<string, [(rows: number[], n: number) => number, number]> = {
  parkinson: [(rows) => Math.sqrt(mean(rows.map((k) => square(ln(high[k] / low[k])))) / (4 * ln(2))), 0],
  garman_klass: [(rows) => Math.sqrt(mean(rows.map(gk))), 0],
  rogers_satchell: [(rows) => Math.sqrt(mean(rows.map(rs))), 0],
  yang_zhang: [
    (rows, n) => {
      const k = 0.34 / (1.34 + (n + 1) / (n - 1));
      const own = variance(rows.map(gap)) + k * variance(rows.map(body)) + (1 - k) * mean(rows.map(rs));
      return Math.sqrt(own);
    },
    1,
  ],
  realized_volatility: [(rows) => Math.sqrt(sum(rows.map((k) => square(change(k))))), 1],
  bipower_variation: [(rows) => (Math.PI / 2) * sum(rows.map((k) => Math.abs(change(k) * change(k - 1)))), 2],
};

for (const [name, [formula, before]] of Object.entries(formulas)) {
  for (const n of [2, 20]) {
    test(`${name}(${n}) by the formula of its paper`, () => {
      const found = one(`${name}(${n})`, bars);
      found.forEach((value, i) => {
        const rows = Array.from({ length: n }, (_, j) => i - n + 1 + j);
        const expected = i < n - 1 + before ? NaN : formula(rows, n);
        const near = Number.isNaN(expected)
          ? Number.isNaN(value)
          : Math.abs(value - expected) <= 1e-11 * Math.abs(expected) + 1e-17;
        assert.ok(near, `row ${i}: expected ${expected}, found ${value}`);
      });
    });
  }
}
