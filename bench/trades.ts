import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { createTradeBlock, type TradeBlock } from '../packages/core/src/trades/trade.ts';

/** Simulated trades in one block. */
export function simulatedBlock(trades: number, seed: number): TradeBlock {
  const whole = createTradeBlock(trades);
  for (const block of simulate({ trades, seed })) {
    for (const name of ['time', 'id', 'price', 'quantity', 'quoteQuantity', 'side'] as const) {
      whole[name].set(block[name].subarray(0, block.length), whole.length);
    }
    whole.length += block.length;
  }
  return whole;
}
