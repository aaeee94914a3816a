import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createTimeline } from './timeline.ts';

test('stretches double until all fit, and nothing is lost', () => {
  const trades = Array.from({ length: 1000 }, (_, i) => trade(i * 700_000, { price: 100 + i }));
  const { seconds, stretches } = fed(createTimeline(), trades, { size: 333 }).report();
  assert.equal(seconds, 4);
  assert.ok(stretches.length <= 256);
  const sum = (of: 'trades' | 'turnover'): number => stretches.reduce((total, stretch) => total + stretch[of], 0);
  assert.equal(sum('trades'), 1000);
  assert.equal(
    sum('turnover'),
    trades.reduce((total, { price }) => total + price, 0),
  );
  assert.equal(stretches[0].close, 105);
  assert.equal(stretches.at(-1)?.close, 1099);
});
