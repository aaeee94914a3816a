import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createSizes } from './sizes.ts';

test('dust: the trades that together make a thousandth of the turnover', () => {
  const trades = Array.from({ length: 100 }, (_, i) => trade(i, { price: 1, quantity: i < 30 ? 0.01 : 100 }));
  const { dust, dustBelow, median, most, shape } = fed(createSizes(), trades, { size: 40 }).report();
  assert.equal(dust, 0.3);
  assert.ok(Math.abs((dustBelow ?? 0) / 0.01 - 1) < 0.02 && Math.abs((median ?? 0) / 100 - 1) < 0.02);
  assert.equal(most, 100);
  assert.equal(
    shape.reduce((sum, quarter) => sum + quarter.trades, 0),
    100,
  );
  assert.equal(fed(createSizes(), []).report().median, null);
});
