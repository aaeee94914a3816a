/** Blocks of trades, column by column: whatever is done to one is done to every column of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendTrade,
  appendTrades,
  copyTrade,
  copyTrades,
  createTradeBlock,
  pickTrades,
  setTrade,
  sliceTrades,
  TRADE_COLUMNS,
  tradeAt,
  withRoom,
  type TradeBlock,
} from './trade.ts';

/** Every cell of row i is another number. */
function made(length: number, capacity = length): TradeBlock {
  const block = createTradeBlock(capacity);
  TRADE_COLUMNS.forEach((name, k) => {
    for (let i = 0; i < length; i++) block[name][i] = 100 * i + k;
  });
  block.length = length;
  return block;
}

/** Which row of `made` each row is; fails where the cells of a row come from several. */
function rowsOf(block: TradeBlock): number[] {
  return Array.from({ length: block.length }, (_, i) => {
    const rows = TRADE_COLUMNS.map((name, k) => (block[name][i] - k) / 100);
    assert.deepEqual(new Set(rows).size, 1, `row ${i}`);
    return rows[0];
  });
}

test('the list of columns is all that a block holds', () => {
  const { length, ...columns } = createTradeBlock(3);
  assert.equal(length, 0);
  assert.deepEqual(Object.keys(columns), [...TRADE_COLUMNS]);
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
  const values = Object.fromEntries(TRADE_COLUMNS.map((name, k) => [name, 700 + k]));
  appendTrade(block, values as Record<(typeof TRADE_COLUMNS)[number], number>);
  block = withRoom(block);
  appendTrades(block, sliceTrades(made(9), 3, 6));
  assert.deepEqual(rowsOf(block), [0, 1, 8, 7, 3, 4, 5]);
  assert.equal(withRoom(createTradeBlock(0)).time.length, 1);
});

test('a row is the trade that was set, whatever it lacks', () => {
  const block = createTradeBlock(1);
  block.length = 1;
  const whole = { time: 5, id: 7, price: 2.5, quantity: 3, quoteQuantity: 7.5, buyerMaker: true };
  setTrade(block, 0, whole);
  assert.deepEqual(tradeAt(block, 0), whole);
  assert.equal(block.side[0], -1);
  setTrade(block, 0, { time: 5, price: 2.5, quantity: 3 });
  assert.deepEqual(tradeAt(block, 0), { time: 5, id: NaN, price: 2.5, quantity: 3, quoteQuantity: NaN });
});
