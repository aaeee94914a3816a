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

/** What a block holds of each trade. */
export type TradeColumn = Exclude<keyof TradeBlock, 'length'>;

/** Its columns, in the order in which they are listed wherever they are. */
export const TRADE_COLUMNS = [
  'time',
  'id',
  'price',
  'quantity',
  'quoteQuantity',
  'side',
] as const satisfies readonly TradeColumn[];

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

/** Row `i` of `block` as a live session would have received it. */
export function tradeAt({ time, id, price, quantity, quoteQuantity, side }: TradeBlock, i: number): Trade {
  const trade = { time: time[i], id: id[i], price: price[i], quantity: quantity[i], quoteQuantity: quoteQuantity[i] };
  return side[i] === side[i] ? { ...trade, buyerMaker: side[i] < 0 } : trade;
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

/** The first `length` trades of `block`, in arrays of their own with room for `capacity`. */
export function copyTrades(block: TradeBlock, length = block.length, capacity = length): TradeBlock {
  const copy = createTradeBlock(capacity);
  for (const name of TRADE_COLUMNS) copy[name].set(block[name].subarray(0, length));
  copy.length = length;
  return copy;
}

/** These rows of `block`, in this order, in arrays of their own. */
export function pickTrades(block: TradeBlock, rows: readonly number[]): TradeBlock {
  const picked = createTradeBlock(rows.length);
  for (const name of TRADE_COLUMNS) {
    for (let i = 0; i < rows.length; i++) picked[name][i] = block[name][rows[i]];
  }
  picked.length = rows.length;
  return picked;
}

/** Copies row `from` of `block` into row `i` of `into`. */
export function copyTrade(into: TradeBlock, i: number, block: TradeBlock, from: number): void {
  for (const name of TRADE_COLUMNS) into[name][i] = block[name][from];
}

/** Writes the values of one trade behind those of `into`, which has room for it. */
export function appendTrade(into: TradeBlock, trade: Readonly<Record<TradeColumn, number>>): void {
  const i = into.length++;
  for (const name of TRADE_COLUMNS) into[name][i] = trade[name];
}

/** Writes all trades of `block` behind those of `into`, which has room for them. */
export function appendTrades(into: TradeBlock, block: TradeBlock): void {
  for (const name of TRADE_COLUMNS) into[name].set(block[name].subarray(0, block.length), into.length);
  into.length += block.length;
}

/** `block` where it has room for one more trade; otherwise a copy with twice the room. */
export function withRoom(block: TradeBlock): TradeBlock {
  const capacity = block.time.length;
  return block.length < capacity ? block : copyTrades(block, block.length, Math.max(1, 2 * capacity));
}
