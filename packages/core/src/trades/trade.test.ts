/** Blocks of trades, column by column: whatever is done to one is done to every column of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendTrade,
  appendTrades,
  copyTrade,
  copyTrades,
  dropTrades,
  rowOf,
  createTradeBlock,
  pickTrades,
  setTrade,
  sliceTrades,
  TRADE_COLUMNS,
  TRADE_VALUES,
  tradeAt,
  withRoom,
  type TradeBlock,
  type TradeRow,
} from './trade.ts';

/** Every cell of row i, and every word of its id, is another number. */
function made(length: number, capacity = length): TradeBlock {
  const block = createTradeBlock(capacity);
  for (let i = 0; i < length; i++) appendTrade(block, rowAt(i));
  return block;
}

function rowAt(i: number): TradeRow {
  const [time, price, quantity, side] = [0, 1, 2, 3].map((k) => 100 * i + k);
  return { time, price, quantity, side, id: Uint32Array.from([4, 5, 6, 7], (k) => 100 * i + k) };
}

/** Which row of `made` each row is; fails where the cells of a row come from several. */
function rowsOf(block: TradeBlock): number[] {
  return Array.from({ length: block.length }, (_, i) => {
    const { id, ...values } = rowOf(block, i);
    const cells = [...TRADE_VALUES.map((name) => values[name]), ...id];
    const rows = cells.map((cell, k) => (cell - k) / 100);
    assert.deepEqual(new Set(rows).size, 1, `row ${i}`);
    return rows[0];
  });
}

test('the list of columns is all that a block holds', () => {
  const { length, ...columns } = createTradeBlock(3);
  assert.equal(length, 0);
  assert.deepEqual(Object.keys(columns).sort(), [...TRADE_COLUMNS].sort());
  assert.deepEqual([...TRADE_VALUES, 'id'].sort(), [...TRADE_COLUMNS].sort());
});

test('slices share the memory of a block, copies and picks have their own', () => {
  const block = made(6, 9);
  const slice = sliceTrades(block, 2, 5);
  assert.deepEqual(rowsOf(slice), [2, 3, 4]);
  const copies = [copyTrades(block), copyTrades(slice), copyTrades(block, 2), pickTrades(block, [5, 0, 5])];
  for (const name of TRADE_COLUMNS) block[name].fill(0);
  assert.equal(slice.price[0], 0);
  assert.deepEqual(copies.map(rowsOf), [
    [0, 1, 2, 3, 4, 5],
    [2, 3, 4],
    [0, 1],
    [5, 0, 5],
  ]);
});

test('trades are written behind those of a block, which grows when it is full', () => {
  let block = made(2);
  block = withRoom(block);
  assert.equal(block.time.length, 4);
  copyTrade(block, block.length++, made(9), 8);
  assert.equal(withRoom(block), block);
  appendTrade(block, rowAt(7));
  block = withRoom(block);
  appendTrades(block, sliceTrades(made(9), 3, 6));
  assert.deepEqual(rowsOf(block), [0, 1, 8, 7, 3, 4, 5]);
  dropTrades(block, 2);
  assert.deepEqual(rowsOf(block), [8, 7, 3, 4, 5]);
  assert.equal(withRoom(createTradeBlock(0)).time.length, 1);
});

test('a row is the trade that was set, whatever it lacks', () => {
  const block = createTradeBlock(1);
  block.length = 1;
  const whole = { time: 5, id: 7, price: 2.5, quantity: 3, buyerMaker: true };
  setTrade(block, 0, whole);
  assert.deepEqual(tradeAt(block, 0), whole);
  assert.equal(block.side[0], -1);
  setTrade(block, 0, { time: 5, price: 2.5, quantity: 3 });
  assert.deepEqual(tradeAt(block, 0), { time: 5, price: 2.5, quantity: 3 });
});
