/** Messages of Kraken spot: the second version of its stream, the first (which has no ids), and the answers of `public/Trades`. */
import { other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, isObject, member, textOf, type Json } from '../contract/json.ts';
import {
  flag,
  id,
  idOf,
  list,
  positive,
  positiveOf,
  refuse,
  symbol,
  symbolOf,
  takerSold,
  takerSoldOf,
  text,
  time,
  timeOf,
} from '../contract/readings.ts';
import type { Messages } from '../contract/venue.ts';

const OTHERS: ReadonlySet<string> = new Set('ticker,book,level3,ohlc,instrument,executions,balances'.split(','));

function ofSecond(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'symbol'),
    id: id(row, 'trade_id'),
    time: time(row, 'timestamp', 'iso'),
    price: positive(row, 'price'),
    quantity: positive(row, 'qty'),
    buyerMaker: takerSold(row, 'side', 'buy', 'sell'),
  };
}

/** Price, volume, time, side, order type, miscellaneous and, in answers, id. */
function ofRow(row: Json, name: string, hasId: boolean): VenueTrade {
  const [price, quantity, at, side, , , number] = isList(row) ? row : refuse('trade', 'a list', row);
  return {
    symbol: name,
    ...(hasId ? { id: idOf(number, 'trade, id') } : {}),
    time: timeOf(at, 'trade, time', 's'),
    price: positiveOf(price, 'trade, price'),
    quantity: positiveOf(quantity, 'trade, volume'),
    buyerMaker: takerSoldOf(side, 'trade, side', 'b', 's'),
  };
}

/** `[channel, rows, "trade", pair]`, and the same of other channels. */
function readList(message: readonly Json[]): readonly Decoded[] {
  const channel = textOf(message.at(-2));
  const name = symbolOf(message.at(-1), 'pair');
  if (channel === undefined) return refuse('channel', 'a text', message.at(-2));
  if (channel !== 'trade') return other(channel);
  const rows = message[1];
  return trades((isList(rows) ? rows : refuse('trades', 'a list', rows)).map((row) => ofRow(row, name, false)));
}

function readEvent(message: Json, event: string): readonly Decoded[] {
  if (event === 'heartbeat' || event === 'pong') return [{ kind: 'heartbeat' }];
  if (event === 'systemStatus') return [state(text(message, 'status'))];
  if (event !== 'subscriptionStatus') return refuse('event', 'an event of the first version', event);
  if (textOf(member(message, 'status')) === 'error') return [{ kind: 'nack', reason: text(message, 'errorMessage') }];
  return [{ kind: 'ack', symbols: [symbol(message, 'pair')] }];
}

const state = (what: string): Decoded => ({ kind: 'state', isOpen: what === 'online', what });

/** An answer to a request of the second version. */
function readReply(message: Json, method: string): readonly Decoded[] {
  if (method === 'pong') return [{ kind: 'heartbeat' }];
  if (!flag(message, 'success')) return [{ kind: 'nack', reason: text(message, 'error') }];
  const result = member(message, 'result');
  if (method !== 'subscribe' || textOf(member(result, 'channel')) !== 'trade') return other(method);
  return [{ kind: 'ack', symbols: [symbol(result, 'symbol')] }];
}

function read(message: Json): readonly Decoded[] {
  if (isList(message)) return readList(message);
  const channel = textOf(member(message, 'channel'));
  if (channel === 'trade') {
    return trades(list(message, 'data').map(ofSecond), textOf(member(message, 'type')) === 'snapshot');
  }
  if (channel === 'heartbeat') return [{ kind: 'heartbeat' }];
  if (channel === 'status') return list(message, 'data').map((one) => state(text(one, 'system')));
  if (channel !== undefined && OTHERS.has(channel)) return other(channel);
  const event = textOf(member(message, 'event'));
  if (event !== undefined) return readEvent(message, event);
  const method = textOf(member(message, 'method'));
  return method === undefined ? refuse('channel', 'a message of `trade`', message) : readReply(message, method);
}

function answer(message: Json): readonly VenueTrade[] | undefined {
  const result = member(message, 'result');
  if (!isList(member(message, 'error')) || !isObject(result) || textOf(result.last) === undefined) return undefined;
  return Object.keys(result).flatMap((pair) =>
    pair === 'last' ? [] : list(result, pair).map((row) => ofRow(row, symbolOf(pair, 'pair'), true)),
  );
}

/** What the next page is asked for with: nanoseconds that no double holds. */
export const krakenCursor = (message: Json): string | undefined => textOf(member(member(message, 'result'), 'last'));

export const krakenMessages: Messages = { name: 'kraken', reader: () => read, answer };
