/** What is no trade is told by name before anything of it is used: the live door knows no types but what it checks. */
import { ID_WORDS } from './id.ts';
import { TRADE_VALUES, type Trade, type TradeBlock } from './trade.ts';

/** What was expected, and what was found. */
export type Complaint = readonly [expected: string, found: string];

/** Names under which venues and libraries have the side. */
const SIDE = /side|maker|taker|aggressor|^m$/i;

/** What somebody handed in, for a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return `the text '${value}'`;
  if (typeof value === 'bigint') return `the bigint ${value}n`;
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'nothing'}`;
  return String(value);
}

/** What is wrong with what should be a trade or a block; undefined where nothing is. */
export function complaintOf(trades: Trade | TradeBlock): Complaint | undefined {
  if (typeof trades !== 'object' || trades === null || Array.isArray(trades))
    return ['a trade { time, price, quantity, ... } or a block of trades', shown(trades)];
  return 'length' in trades ? complaintOfBlock(trades) : complaintOfTrade(trades);
}

function complaintOfBlock(block: TradeBlock): Complaint | undefined {
  const { length, id } = block;
  const fits =
    Number.isInteger(length) &&
    length >= 0 &&
    id instanceof Uint32Array &&
    id.length >= ID_WORDS * length &&
    hasColumns(block, length);
  return fits ? undefined : ['a block as createTradeBlock makes it', shown(block)];
}

/** In a loop of its own: a function over the names would be made anew for every trade. */
function hasColumns(block: TradeBlock, length: number): boolean {
  for (const name of TRADE_VALUES)
    if (!(block[name] instanceof Float64Array && block[name].length >= length)) return false;
  return true;
}

function complaintOfTrade(trade: Trade): Complaint | undefined {
  const { time, price, quantity, id, buyerMaker } = trade;
  if (!Number.isInteger(time)) return ['time in integer microseconds', shown(time)];
  if (typeof price !== 'number') return ['a number as price', shown(price)];
  if (typeof quantity !== 'number') return ['a number as quantity', shown(quantity)];
  if (buyerMaker !== undefined && buyerMaker !== null && typeof buyerMaker !== 'boolean')
    return ['true or false as buyerMaker', shown(buyerMaker)];
  if (!isId(id)) return ['an id: an integer from 0 to 2^53 - 1, a bigint from 0 to 2^64 - 1, or text', shown(id)];
  if ('side' in trade) return ['the side as buyerMaker (true: the taker sold)', `side ${shown(trade.side)}`];
  if (buyerMaker === undefined) {
    // A side under another name would be no side, without a word.
    for (const key in trade)
      if (SIDE.test(key) && key !== 'buyerMaker')
        return ['the side as buyerMaker (true: the taker sold)', `${key} ${shown(trade[key as keyof Trade])}`];
  }
  return undefined;
}

function isId(id: unknown): boolean {
  switch (typeof id) {
    case 'undefined':
    case 'string':
      return true;
    case 'number':
      return id !== id || (Number.isSafeInteger(id) && id >= 0);
    case 'bigint':
      return id >= 0n && id < 1n << 64n;
    default:
      return false;
  }
}

/** What is wrong with what is said of an event, or of `length` trades; undefined where nothing is. */
export function complaintOfFacts(facts: unknown, length: number): Complaint | undefined {
  if (facts === undefined) return undefined;
  if (typeof facts !== 'object' || facts === null) return ['facts { instrument, arrival, origin, ... }', shown(facts)];
  const { arrival, maxSilence } = facts as { readonly arrival?: unknown; readonly maxSilence?: unknown };
  if (arrival !== undefined && typeof arrival !== 'number') {
    if (!(arrival instanceof Float64Array) || arrival.length < length)
      return ['arrival in microseconds, a number or a Float64Array with one for each trade', shown(arrival)];
  }
  if (maxSilence !== undefined && typeof maxSilence !== 'number')
    return ['maxSilence in microseconds', shown(maxSilence)];
  return undefined;
}
