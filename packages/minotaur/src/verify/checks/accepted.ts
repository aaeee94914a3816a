/** The trades that a chain took, as whoever handed them in sees it: from the notices alone, without looking inside. */
import type { Notice } from 'minotaur-core/internal/trades/intake';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

export interface AcceptedTrade {
  /** Microseconds: a late trade that was kept stands at the time it became known. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly dollars: number;
  /** Quantity that the taker bought; NaN where the side is unknown. */
  readonly bought: number;
}

/** What a quantity is in base and quote units; kept apart from the chain's own lines, which are checked by it. */
function amountsOf(
  price: number,
  amount: number,
  { contract, size }: Instrument,
): { quantity: number; dollars: number } {
  switch (contract) {
    case 'spot':
      return { quantity: amount, dollars: price * amount };
    case 'linear':
      return { quantity: amount * size, dollars: price * (amount * size) };
    case 'inverse':
      return { quantity: (amount * size) / price, dollars: amount * size };
  }
}

/** Trades of a block that were not dropped, in order; `notices` are those of its push, `reached` the time before it. */
export function acceptedOf(
  block: TradeBlock,
  notices: readonly Notice[],
  reached: number,
  of: Instrument,
): AcceptedTrade[] {
  const dropped = new Set<number>();
  for (const { handling, row, last } of notices)
    if (handling === 'drop') for (let i = row; i <= last; i++) dropped.add(i);
  const accepted: AcceptedTrade[] = [];
  for (let i = 0; i < block.length; i++) {
    if (dropped.has(i)) continue;
    const price = block.price[i];
    const { quantity, dollars } = amountsOf(price, block.quantity[i], of);
    const side = block.side[i];
    reached = Math.max(reached, block.time[i]);
    accepted.push({
      time: reached,
      price,
      quantity,
      dollars,
      bought: side === 1 ? quantity : side * 0,
    });
  }
  return accepted;
}
