/** Blocks of trades, copied, picked from and put together: what checks do to the trades they hand in. */
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';

/** The columns of a block. */
export const TRADE_COLUMNS = ['time', 'id', 'price', 'quantity', 'quoteQuantity', 'side'] as const;

/** The first `length` trades of a block, in arrays of their own. */
export function copyTrades(block: TradeBlock, length = block.length): TradeBlock {
  const copy = createTradeBlock(length);
  copy.length = length;
  for (const name of TRADE_COLUMNS) copy[name].set(block[name].subarray(0, length));
  return copy;
}

/** The trades of these rows, in that order. */
export function takeTrades(block: TradeBlock, rows: readonly number[]): TradeBlock {
  const taken = createTradeBlock(rows.length);
  taken.length = rows.length;
  for (const name of TRADE_COLUMNS) rows.forEach((row, i) => (taken[name][i] = block[name][row]));
  return taken;
}

/** All trades of the blocks, one after the other. */
export function joinTrades(blocks: readonly TradeBlock[]): TradeBlock {
  const whole = createTradeBlock(blocks.reduce((sum, block) => sum + block.length, 0));
  for (const block of blocks) {
    for (const name of TRADE_COLUMNS) whole[name].set(block[name].subarray(0, block.length), whole.length);
    whole.length += block.length;
  }
  return whole;
}

/** Adds a trade and gives the block: another with twice the room, where there was none left. */
export function appendTrade(
  block: TradeBlock,
  trade: Readonly<Record<(typeof TRADE_COLUMNS)[number], number>>,
): TradeBlock {
  const roomy = block.length < block.time.length ? block : growTrades(block);
  const i = roomy.length++;
  for (const name of TRADE_COLUMNS) roomy[name][i] = trade[name];
  return roomy;
}

function growTrades(block: TradeBlock): TradeBlock {
  const larger = createTradeBlock(2 * block.time.length);
  for (const name of TRADE_COLUMNS) larger[name].set(block[name].subarray(0, block.length));
  larger.length = block.length;
  return larger;
}
