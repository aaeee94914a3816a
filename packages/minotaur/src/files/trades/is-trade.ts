/** Rows that are trades, and those that are something else, such as a sum below a table. */
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

/** Whether row `i` is a trade at all: one that is none, such as a sum below a table, says nothing of ids. */
export function isTrade({ time, price, quantity, side }: TradeBlock, i: number): boolean {
  return !Number.isNaN(time[i] + price[i] + quantity[i]) && side[i] !== 0;
}
