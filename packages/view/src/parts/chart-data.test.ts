import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartData, risingSeconds } from './chart-data.ts';

test('times become whole seconds that rise, however many fall into one', () => {
  assert.deepEqual(risingSeconds([1_000_000, 1_400_000, 1_900_000, 2_100_000, 9_000_000]), [1, 2, 3, 4, 9]);
});

test('a value that is not there is a gap, and candles are kept in columns', () => {
  const candle = { time: 5e6, open: 1, high: 4, low: 0.5, close: 2, ready: true };
  const line = { title: 'a', time: [5e6, 6e6], value: [NaN, 1.23456789] };
  assert.deepEqual(chartData({ title: '', candles: [candle], lines: [line] }), {
    candles: { time: [5], open: [1], high: [4], low: [0.5], close: [2], ready: [1] },
    lines: [{ time: [5, 6], value: [null, 1.23457] }],
  });
});
