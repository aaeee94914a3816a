/** What a trade is, one at a time and by the block. */

/** One trade as a live session hands it in. */
export interface Trade {
  /** Exchange time, integer microseconds since the epoch, UTC. */
  readonly time: number;
  /** The venue's trade id, rising; NaN or absent where the venue gives none (then no check by id is possible). */
  readonly id?: number;
  /** Quote units per base unit. */
  readonly price: number;
  /** Base units. */
  readonly quantity: number;
  /** Quote units; price times quantity where absent. */
  readonly quoteQuantity?: number;
  /** The side of the resting order, as Binance gives it: true when the buyer was the maker, so the taker sold. Absent: unknown. */
  readonly buyerMaker?: boolean;
}

/** Many trades as columns. Rows [0, length) are valid; the arrays may be longer and are reused by their owner. */
export interface TradeBlock {
  /** Valid rows. */
  length: number;
  /** Integer microseconds, UTC; NaN where the source had something else. */
  readonly time: Float64Array;
  /** NaN where the source has no numeric id. */
  readonly id: Float64Array;
  /** Quote units per base unit. */
  readonly price: Float64Array;
  /** Base units. */
  readonly quantity: Float64Array;
  /** NaN where the source has none: price times quantity is taken. */
  readonly quoteQuantity: Float64Array;
  /** The taker's side: 1 the taker bought, -1 the taker sold, NaN unknown. */
  readonly side: Float64Array;
}

/** A block with room for `capacity` trades, empty. */
export function createTradeBlock(capacity: number): TradeBlock {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    length: 0,
    time: column(),
    id: column(),
    price: column(),
    quantity: column(),
    quoteQuantity: column(),
    side: column(),
  };
}

/** Writes `trade` into row `i` of `block`. */
export function setTrade(block: TradeBlock, i: number, trade: Trade): void {
  block.time[i] = trade.time;
  block.id[i] = trade.id ?? NaN;
  block.price[i] = trade.price;
  block.quantity[i] = trade.quantity;
  block.quoteQuantity[i] = trade.quoteQuantity ?? NaN;
  block.side[i] = trade.buyerMaker === undefined ? NaN : trade.buyerMaker ? -1 : 1;
}

/** Rows [from, to) of `block` without copying. */
export function sliceTrades(block: TradeBlock, from: number, to: number): TradeBlock {
  return {
    length: to - from,
    time: block.time.subarray(from, to),
    id: block.id.subarray(from, to),
    price: block.price.subarray(from, to),
    quantity: block.quantity.subarray(from, to),
    quoteQuantity: block.quoteQuantity.subarray(from, to),
    side: block.side.subarray(from, to),
  };
}
