/** Trades as text in Binance's layout. */
import { idText } from 'minotaur-core/internal/trades/id';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

export const CSV_HEADER = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n';

/** What a quantity of 1 is; spot where absent. */
export type Counted = Pick<InstrumentInput, 'contract' | 'size'>;

/** Binance's layout has the quote quantity; its readers here take it themselves, and refuse one of another contract. */
export function quotes({ length, price, quantity }: TradeBlock, { contract, size = 1 }: Counted = {}): Float64Array {
  const isInverse = contract === 'inverse';
  return Float64Array.from({ length }, (_, i) => quantity[i] * size * (isInverse ? 1 : price[i]));
}

/** A line a trade. */
export function csvText(block: TradeBlock, counted?: Counted): string {
  const { id, price, quantity, time, side } = block;
  const quote = quotes(block, counted);
  const lines: string[] = [];
  for (let i = 0; i < block.length; i++) {
    const maker = side[i] < 0 ? 'True' : 'False';
    lines.push(`${idText(id, i)},${price[i]},${quantity[i]},${quote[i]},${time[i]},${maker},True\n`);
  }
  return lines.join('');
}
