import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOf } from './price-format.ts';

/** Two values, as an axis with the format of all of them writes them. */
const written = (values: readonly (number | null)[], of: readonly number[]): string[] =>
  of.map((value) => value.toFixed(formatOf(values, values).precision));

test('values of any size are told apart: returns of bars, prices of cheap coins, turnovers', () => {
  assert.deepEqual(written([-0.0004, null, 0.0003], [-0.0004, 0.0003]), ['-0.0004000', '0.0003000']);
  assert.deepEqual(written([0.2312, 0.2331], [0.2312, 0.2313]), ['0.231200', '0.231300']);
  assert.deepEqual(written([61_583.22, 61_860.8], [61_583.22]), ['61583.2']);
  assert.deepEqual(written([1e6, 3e7], [1e6]), ['1000000']);
});

test('one value, and none at all', () => {
  assert.equal(formatOf([0.00002], [0.00002]).precision, 8);
  for (const none of [[], [NaN], [null], [0, 0]]) assert.equal(formatOf(none, none).precision, 2);
});
