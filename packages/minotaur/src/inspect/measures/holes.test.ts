import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createHoles } from './holes.ts';

test('a planted hole of ids, across blocks, and the longest silence', () => {
  const trades = Array.from({ length: 20 }, (_, i) => trade(i * 1e6, { id: i < 9 ? i : i + 7 })).map((one, i) =>
    i < 15 ? one : { ...one, time: one.time + 60e6 },
  );
  for (const size of [9, 20]) {
    const { holes, missing, worst, silences } = fed(createHoles(), trades, {
      size,
      instrument: { ids: 'dense' },
    }).report();
    assert.deepEqual([holes, missing, worst.length], [1, 7, 1]);
    assert.equal(worst[0].seconds, 1);
    assert.equal(silences[0].seconds, 61);
    if (size === 20) assert.deepEqual([worst[0].place, silences[0].place], ['t.csv line 10', 't.csv line 16']);
  }
});

test('ids that are not dense, or lack some officially, have no holes', () => {
  const trades = [trade(0, { id: 1 }), trade(1, { id: 9 })];
  for (const instrument of [{ ids: 'rising' }, { ids: 'dense', officialGaps: true }] as const)
    assert.equal(fed(createHoles(), trades, { instrument }).report().holes, 0);
});
