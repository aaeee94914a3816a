import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { appendTrades, createTradeBlock, type TradeBlock } from '../packages/core/src/trades/trade.ts';

/** Simulated trades in one block. */
export function simulatedBlock(trades: number, seed: number): TradeBlock {
  const whole = createTradeBlock(trades);
  for (const block of simulate({ trades, seed })) appendTrades(whole, block);
  return whole;
}
