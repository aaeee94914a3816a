/** What a trade is, one at a time and by the block. */
import { ID_WORDS, idAt, setId, type TradeId } from './id.ts';

/** One trade as a live session hands it in. */
export interface Trade {
  /** Exchange time, integer microseconds since the epoch, UTC. */
  readonly time: number;
  /** The venue's id of the trade; absent where it gives none (then no check by id is possible). Above 2^53 as bigint or text. */
  readonly id?: TradeId | undefined;
  /** Quote units per base unit. */
  readonly price: number;
  /** As the instrument counts: base units, or contracts. */
  readonly quantity: number;
  /**
   * The side of the resting order, as Binance gives it: true when the buyer was the maker, so the taker sold. Absent:
   * unknown. Null: the source has a word for it that is none of the instrument's, which makes the trade invalid.
   */
  readonly buyerMaker?: boolean | null | undefined;
}

/** Many trades as columns. Rows [0, length) are valid; the arrays may be longer and are reused by their owner. */
export interface TradeBlock {
  /** Valid rows. */
  length: number;
  /** Integer microseconds, UTC; NaN where the source had something else. */
  readonly time: Float64Array;
  /** Four words a trade, written with {@link setId}; all ones where the source has no id. */
  readonly id: Uint32Array;
  /** Quote units per base unit. */
  readonly price: Float64Array;
  /** As the instrument counts: base units, or contracts. */
  readonly quantity: Float64Array;
  /** The taker's side: 1 the taker bought, -1 the taker sold, NaN unknown, 0 a word that is none of the instrument's. */
  readonly side: Float64Array;
}

/** What a block holds of each trade. */
export type TradeColumn = Exclude<keyof TradeBlock, 'length'>;

/** Those of its columns that are one double a trade, in the order in which they are listed wherever they are. */
export const TRADE_VALUES = ['time', 'price', 'quantity', 'side'] as const satisfies readonly TradeColumn[];

/** All of its columns. */
export const TRADE_COLUMNS = ['time', 'id', 'price', 'quantity', 'side'] as const satisfies readonly TradeColumn[];

/** One trade as a block holds it. */
export interface TradeRow extends Readonly<Record<(typeof TRADE_VALUES)[number], number>> {
  /** Its four words. */
  readonly id: Uint32Array;
}

/** Bytes of a block with room for `capacity` trades. */
export function tradeBlockBytes(capacity: number): number {
  return capacity * (8 * TRADE_VALUES.length + 4 * ID_WORDS);
}

/** A block with room for `capacity` trades in memory that is there, from a multiple of 8 bytes on; empty. */
export function tradeBlockIn(memory: ArrayBufferLike, offset: number, capacity: number): TradeBlock {
  const [time, price, quantity, side] = TRADE_VALUES.map(
    (_, k) => new Float64Array(memory, offset + 8 * capacity * k, capacity),
  );
  const id = new Uint32Array(memory, offset + 8 * capacity * TRADE_VALUES.length, ID_WORDS * capacity);
  return { length: 0, time, id, price, quantity, side };
}

/** A block with room for `capacity` trades, empty. */
export function createTradeBlock(capacity: number): TradeBlock {
  return tradeBlockIn(new ArrayBuffer(tradeBlockBytes(capacity)), 0, capacity);
}

/** Writes `trade` into row `i` of `block`. */
export function setTrade(block: TradeBlock, i: number, trade: Trade): void {
  block.time[i] = trade.time;
  setId(block.id, i, trade.id);
  block.price[i] = trade.price;
  block.quantity[i] = trade.quantity;
  block.side[i] = sideOf(trade.buyerMaker);
}

function sideOf(buyerMaker: Trade['buyerMaker']): number {
  if (buyerMaker === undefined) return NaN;
  if (buyerMaker === null) return 0;
  return buyerMaker ? -1 : 1;
}

/** A block of these trades, in their order. */
export function blockOf(trades: readonly Trade[]): TradeBlock {
  const block = createTradeBlock(trades.length);
  for (const trade of trades) setTrade(block, block.length++, trade);
  return block;
}

/** Row `i` of `block` as a live session would have received it. */
export function tradeAt({ time, id, price, quantity, side }: TradeBlock, i: number): Trade {
  return tradeOf({ time: time[i], price: price[i], quantity: quantity[i], side: side[i] }, idAt(id, i));
}

/** A row as a live session would have received it. */
export function tradeOfRow(row: TradeRow): Trade {
  return tradeOf(row, idAt(row.id, 0));
}

function tradeOf({ time, price, quantity, side }: Omit<TradeRow, 'id'>, id: TradeId | undefined): Trade {
  return {
    time,
    price,
    quantity,
    ...(id === undefined ? {} : { id }),
    ...(side === side ? { buyerMaker: side === 0 ? null : side < 0 } : {}),
  };
}

/** Row `i` of `block` as it holds it, in memory of its own. */
export function rowOf({ time, id, price, quantity, side }: TradeBlock, i: number): TradeRow {
  const words = id.slice(ID_WORDS * i, ID_WORDS * (i + 1));
  return { time: time[i], id: words, price: price[i], quantity: quantity[i], side: side[i] };
}

/** Rows [from, to) of `block` without copying. */
export function sliceTrades(block: TradeBlock, from: number, to: number): TradeBlock {
  return {
    length: to - from,
    time: block.time.subarray(from, to),
    id: block.id.subarray(ID_WORDS * from, ID_WORDS * to),
    price: block.price.subarray(from, to),
    quantity: block.quantity.subarray(from, to),
    side: block.side.subarray(from, to),
  };
}

/** The first `length` trades of `block`, in arrays of their own with room for `capacity`. */
export function copyTrades(block: TradeBlock, length = block.length, capacity = length): TradeBlock {
  const copy = createTradeBlock(capacity);
  appendTrades(copy, sliceTrades(block, 0, length));
  return copy;
}

/** These rows of `block`, in this order, in arrays of their own. */
export function pickTrades(block: TradeBlock, rows: readonly number[]): TradeBlock {
  const picked = createTradeBlock(rows.length);
  for (const row of rows) copyTrade(picked, picked.length++, block, row);
  return picked;
}

/** Copies row `from` of `block` into row `i` of `into`. */
export function copyTrade(into: TradeBlock, i: number, block: TradeBlock, from: number): void {
  for (const name of TRADE_VALUES) into[name][i] = block[name][from];
  for (let k = 0; k < ID_WORDS; k++) into.id[ID_WORDS * i + k] = block.id[ID_WORDS * from + k];
}

/** Writes one trade behind those of `into`, which has room for it. */
export function appendTrade(into: TradeBlock, trade: TradeRow): void {
  const i = into.length++;
  for (const name of TRADE_VALUES) into[name][i] = trade[name];
  into.id.set(trade.id, ID_WORDS * i);
}

/** Writes all trades of `block` behind those of `into`, which has room for them. */
export function appendTrades(into: TradeBlock, block: TradeBlock): void {
  for (const name of TRADE_VALUES) into[name].set(block[name].subarray(0, block.length), into.length);
  into.id.set(block.id.subarray(0, ID_WORDS * block.length), ID_WORDS * into.length);
  into.length += block.length;
}

/** Moves trades [from, length) to the start of `block` and forgets those before. */
export function dropTrades(block: TradeBlock, from: number): void {
  for (const name of TRADE_VALUES) block[name].copyWithin(0, from, block.length);
  block.id.copyWithin(0, ID_WORDS * from, ID_WORDS * block.length);
  block.length -= from;
}

/** `block` where it has room for one more trade; otherwise a copy with twice the room. */
export function withRoom(block: TradeBlock): TradeBlock {
  const capacity = block.time.length;
  return block.length < capacity ? block : copyTrades(block, block.length, Math.max(1, 2 * capacity));
}
