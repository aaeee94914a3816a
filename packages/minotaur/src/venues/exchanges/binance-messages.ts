/**
 * Messages of Binance, spot and futures: raw trades and aggregated ones, alone or in a combined stream, and the answers of
 * `trades`, `historicalTrades` and `aggTrades`. `m`: the buyer was the maker.
 */
import { other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, isObject, member, textOf, type Json } from '../contract/json.ts';
import { flag, id, object, positive, refuse, symbol, text, time } from '../contract/readings.ts';
import type { Messages, Stream } from '../contract/venue.ts';

/** What the field `X` says of trades that no dump has. */
const APART: ReadonlyMap<string, string> = new Map([
  ['INSURANCE_FUND', 'insurance fund'],
  ['ADL', 'deleveraging'],
  ['NA', 'no market trade'],
]);

function eventTrade(event: Json, idKey: 't' | 'a', name: string | undefined): VenueTrade {
  return {
    symbol: name,
    id: id(event, idKey),
    time: time(event, 'T', 'ms or us'),
    price: positive(event, 'p'),
    quantity: positive(event, 'q'),
    buyerMaker: flag(event, 'm'),
    ...(idKey === 'a' ? { isAggregated: true } : {}),
  };
}

/** Both markets call an event the same: that of spot has a field `M`, which says nothing. */
function streamTrade(event: Json, idKey: 't' | 'a'): VenueTrade {
  const market = member(event, 'M') === undefined ? 'futures' : 'spot';
  return { ...eventTrade(event, idKey, symbol(event, 's')), market };
}

function readEvent(event: Json, type: string): readonly Decoded[] {
  if (type === 'aggTrade') return trades([streamTrade(event, 'a')]);
  if (type === 'serverShutdown') return [{ kind: 'reconnect', reason: type }];
  if (type !== 'trade') return other(type);
  const kind = textOf(member(event, 'X'));
  if (kind === undefined || kind === 'MARKET') return trades([streamTrade(event, 't')]);
  const reason = APART.get(kind) ?? refuse('X', ['MARKET', ...APART.keys()].join(', '), kind);
  return [{ kind: 'leftOut', symbol: symbol(event, 's'), id: text(event, 't'), reason }];
}

function read(message: Json): readonly Decoded[] {
  const stream = textOf(member(message, 'stream'));
  const event = stream === undefined ? message : object(message, 'data');
  const type = textOf(member(event, 'e'));
  if (type !== undefined) return readEvent(event, type);
  if (stream !== undefined) return other(stream.replace(/^[^@]*@?/, ''));
  if (member(message, 'result') === null) return [{ kind: 'ack' }];
  const problem = isObject(member(message, 'error')) ? object(message, 'error') : message;
  if (member(problem, 'msg') !== undefined) return [{ kind: 'nack', reason: text(problem, 'msg') }];
  if (member(message, 'u') !== undefined && member(message, 'b') !== undefined) return other('bookTicker');
  return refuse('e', 'an event, or an answer to a request', message);
}

function answerTrade(row: Json): VenueTrade {
  if (member(row, 'f') !== undefined) return eventTrade(row, 'a', undefined);
  return {
    symbol: undefined,
    id: id(row, 'id'),
    time: time(row, 'time', 'ms or us'),
    price: positive(row, 'price'),
    quantity: positive(row, 'qty'),
    buyerMaker: flag(row, 'isBuyerMaker'),
  };
}

const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'isBuyerMaker') !== undefined || (member(row, 'f') !== undefined && member(row, 'm') !== undefined);

export const binanceMessages: Messages = {
  name: 'binance',
  reader: () => read,
  answer: (message) =>
    isList(message) && (message.length === 0 || isAnswer(message[0])) ? message.map(answerTrade) : undefined,
};

/** The same of all its markets. */
export const subscribeBinance: Stream['subscribe'] = (symbols) => [
  JSON.stringify({ method: 'SUBSCRIBE', params: symbols.map((name) => `${name.toLowerCase()}@trade`), id: 1 }),
];

/** A page of trades from an id on, or the newest. */
export function pageBinance(name: string, fromId: number | bigint | undefined): string {
  const symbolQuery = `symbol=${encodeURIComponent(name)}`;
  return fromId === undefined ? `trades?${symbolQuery}` : `historicalTrades?${symbolQuery}&fromId=${fromId}`;
}
