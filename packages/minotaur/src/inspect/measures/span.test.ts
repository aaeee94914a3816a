import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, MONDAY, trade } from '../../../../../test/inspecting.ts';
import { createSpan } from './span.ts';

test('span, turnover and days over blocks', () => {
  const trades = [trade(0), trade(1e6, { price: 50, quantity: 2 }), trade(3 * 86_400e6, { price: 200 })];
  for (const size of [1, 2, 3]) {
    assert.deepEqual(fed(createSpan(), trades, { size }).report(), {
      trades: 3,
      from: MONDAY,
      to: MONDAY + 3 * 86_400e6,
      seconds: 3 * 86_400,
      days: 2,
      volume: 4,
      turnover: 400,
      low: 50,
      high: 200,
    });
  }
  assert.equal(fed(createSpan(), []).report().from, null);
});
