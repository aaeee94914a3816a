import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { setId, type TradeId } from 'minotaur-core/internal/trades/id';
import type { TradeSource } from './text-trades.ts';
import { kindOfIds, toldBySource } from './told.ts';

const kind = (ids: readonly (TradeId | undefined)[]) => {
  const block = createTradeBlock(ids.length);
  block.length = ids.length;
  block.side.fill(1);
  ids.forEach((id, i) => setId(block.id, i, id));
  return kindOfIds(block);
};
const count = (n: number, of: (i: number) => TradeId): TradeId[] => Array.from({ length: n }, (_, i) => of(i));

test('what ids are good for is told by their steps', () => {
  assert.equal(kind(count(100, (i) => 7 + i)), 'dense');
  assert.equal(kind(count(100, (i) => 7 + i + (i > 50 ? 900 : 0))), 'dense', 'with a gap');
  assert.equal(kind([5, 6, 6, 7, 8]), 'dense', 'with a duplicate');
  assert.equal(kind(count(100, (i) => 2n ** 32n - 50n + BigInt(i))), 'dense', 'across a word');
  assert.equal(kind(count(100, (i) => 7 + 3 * i)), 'rising');
  assert.equal(kind(count(100, (i) => (i === 40 ? 1 : 7 + 3 * i))), 'rising', 'with a late trade');
  assert.equal(kind(count(100, (i) => (i * 7919) % 1009)), 'unique');
  assert.equal(kind(count(100, (i) => `trade-${i}`)), 'unique');
  assert.equal(kind([undefined, undefined]), 'none');
  assert.equal(kind([undefined, 4, 5]), 'dense');
  assert.equal(kind([4]), 'dense');
});

test('where late trades are put in order, ids are looked at in that order', () => {
  const block = createTradeBlock(100);
  block.length = 100;
  block.side.fill(1);
  for (let i = 0; i < 100; i++) {
    const place = i ^ 3;
    setId(block.id, i, 7 + place);
    block.time[i] = 1_700_000_000_000_000 + Math.floor(place / 2) * 1000;
  }
  assert.equal(kindOfIds(block), 'unique');
  assert.equal(kindOfIds(block, true), 'dense');
});

test('rows that are no trades say nothing of ids', () => {
  const block = createTradeBlock(100);
  block.length = 100;
  block.side.fill(1);
  for (let i = 0; i < 100; i++) setId(block.id, i, 7 + i);
  setId(block.id, 50, 'id');
  block.time[50] = NaN;
  setId(block.id, 99, 'total');
  block.price[99] = NaN;
  assert.equal(kindOfIds(block), 'dense');
  block.time[50] = 0;
  assert.equal(kindOfIds(block), 'unique', 'a word as the id of a trade');
});

test('trades are looked at only where nobody has said what their ids are good for', async () => {
  let closed = 0;
  const source: TradeSource = {
    files: ['ABC-trades-2024-01.csv'],
    layouts: [{ file: 'ABC-trades-2024-01.csv', name: 'binance', symbol: 'ABC', venue: 'binance-spot' }] as never,
    others: new Map(),
    blocks: () => {
      throw new Error('asked for trades');
    },
    close: () => closed++,
  };
  const said = await toldBySource(source, { instrument: { ids: 'rising' } });
  assert.deepEqual([said.ids, said.symbol, said.venue], ['rising', 'ABC', 'binance-spot']);
  await assert.rejects(toldBySource(source, {}), /asked for trades/);
  assert.equal(closed, 2);
});
