import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createTies } from './ties.ts';

test('trades of one time, across blocks', () => {
  const trades = [0, 0, 5, 5, 5, 9].map((time) => trade(time));
  for (const size of [1, 4, 6]) {
    const { tied, longest, share } = fed(createTies(), trades, { size }).report();
    assert.deepEqual([tied, longest, share], [3, 3, 0.5]);
  }
  assert.equal(fed(createTies(), trades).report().place, 't.csv line 5');
  assert.equal(fed(createTies(), [trade(0)]).report().place, null);
});
