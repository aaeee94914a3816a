/** Trades as text in Binance's layout. */
import { idText } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

export const CSV_HEADER = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n';

/** Binance's layout has the quote quantity; its readers here take the product themselves. */
export function quotes({ length, price, quantity }: TradeBlock): Float64Array {
  return Float64Array.from({ length }, (_, i) => price[i] * quantity[i]);
}

/** A line a trade. */
export function csvText(block: TradeBlock): string {
  const { id, price, quantity, time, side } = block;
  const quote = quotes(block);
  const lines: string[] = [];
  for (let i = 0; i < block.length; i++) {
    const maker = side[i] < 0 ? 'True' : 'False';
    lines.push(`${idText(id, i)},${price[i]},${quantity[i]},${quote[i]},${time[i]},${maker},True\n`);
  }
  return lines.join('');
}
