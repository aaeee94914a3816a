/** Figures in the unit that a person reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tradeRate } from './figures.ts';

test('a rate is in millions where it is large, never 0.00 million', () => {
  assert.equal(tradeRate(4_812_345), '4.81 million trades a second');
  assert.equal(tradeRate(3312.7), '3,300 trades a second');
  assert.equal(tradeRate(99_999), '100,000 trades a second');
  assert.equal(tradeRate(0.25), '0.25 trades a second');
});
