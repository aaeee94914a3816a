import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstrument } from 'minotaur-core/internal/trades/instrument';
import { sourceOf, trade } from '../../../../../test/inspecting.ts';
import { createTaker } from './taken.ts';

test('trades of the tape have the rows that they came in, whatever was dropped among them', () => {
  const notices: string[] = [];
  const taker = createTaker(createInstrument('X', { ids: 'dense' }), ({ problem, row }, place) =>
    notices.push(`${problem} ${place(row)}`),
  );
  const trades = [
    trade(0, { id: 1 }),
    trade(1, { id: 2, price: -1 }),
    trade(2, { id: 2 }),
    trade(3, { id: 2 }),
    trade(1, { id: 3 }),
  ];
  taker.take(sourceOf(trades), ({ tape, rows }) => {
    assert.deepEqual([...rows.subarray(0, tape.length)], [0, 2, 4]);
  });
  assert.deepEqual(notices, ['invalid t.csv line 2', 'duplicate t.csv line 4', 'disorder t.csv line 5']);
  assert.deepEqual([taker.counts().trades, taker.counts().dropped], [3, 2]);
});
