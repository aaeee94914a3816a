import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createDisorder } from './disorder.ts';

test('how late trades are, against the newest before them', () => {
  const { late, seconds, examples } = fed(
    createDisorder(),
    [10e6, 8e6, 9e6, 12e6].map((time) => trade(time)),
    { size: 2 },
  ).report();
  assert.deepEqual([late, seconds], [2, 2]);
  assert.match(examples[0], /t\.csv line 2: 2 s/);
  assert.equal(fed(createDisorder(), [trade(0), trade(0)]).report().median, null);
});
