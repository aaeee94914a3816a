/**
 * Bitfinex: the channel `trades`, and the answers of `trades/.../hist`. A channel is a number that a message at the start
 * gives its symbol. Every trade comes twice: when it is executed (`te`), which is taken, and when it is booked (`tu`).
 */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, member, textOf, type Json } from '../contract/json.ts';
import { idOf, positiveOf, refuse, symbol, text, timeOf } from '../contract/readings.ts';
import { documented, seen, venue, type MessageReader } from '../contract/venue.ts';

const EVENTS: ReadonlySet<string> = new Set(['conf', 'unsubscribed', 'auth']);

/** Whether a list may be a trade: id, milliseconds, amount, price. */
function isRow(row: Json | undefined): row is readonly Json[] {
  return isList(row) && row.length === 4 && /^\d{13}$/.test(textOf(row[1]) ?? '');
}

function tradeOf(row: Json | undefined, name: string | undefined): VenueTrade {
  const [number, at, amount, price] = isRow(row) ? row : refuse('trade', 'id, milliseconds, amount and price', row);
  const written = textOf(amount);
  const sold = written?.startsWith('-') === true;
  return {
    symbol: name,
    id: idOf(number, 'trade, id'),
    time: timeOf(at, 'trade, time', 'ms'),
    price: positiveOf(price, 'trade, price'),
    quantity: positiveOf(sold ? written.slice(1) : amount, 'trade, amount'),
    buyerMaker: sold,
  };
}

function readInfo(message: Json): readonly Decoded[] {
  const code = textOf(member(message, 'code'));
  if (code === '20051') return [{ kind: 'reconnect', reason: code }];
  if (code === '20060' || code === '20061') return [{ kind: 'state', isOpen: code === '20061', what: code }];
  return other('info');
}

/** `channels`: the symbol of a channel of trades, null of any other. */
function readEvent(message: Json, channels: Map<string, string | null>): readonly Decoded[] {
  const event = text(message, 'event');
  if (event === 'info') return readInfo(message);
  if (event === 'pong') return [{ kind: 'heartbeat' }];
  if (event === 'error') return [{ kind: 'nack', reason: text(message, 'msg') }];
  if (event !== 'subscribed') return EVENTS.has(event) ? other(event) : refuse('event', 'a known event', event);
  const isTrades = text(message, 'channel') === 'trades';
  channels.set(text(message, 'chanId'), isTrades ? symbol(message, 'symbol') : null);
  return isTrades ? [{ kind: 'ack', symbols: [symbol(message, 'symbol')] }] : other('subscribed');
}

function readList(message: readonly Json[], channels: ReadonlyMap<string, string | null>): readonly Decoded[] {
  const [number, second, third] = message;
  const channel = textOf(number);
  if (channel === undefined || !/^\d{1,9}$/.test(channel)) return refuse('channel', 'a number', number);
  if (second === 'hb') return [{ kind: 'heartbeat' }];
  const name = channels.get(channel);
  if (name === undefined && second === 'te') {
    const { id } = tradeOf(third, undefined);
    return [{ kind: 'leftOut', symbol: undefined, id: String(id), reason: 'channel that was not announced' }];
  }
  if (name === undefined || name === null) return other('another channel');
  if (second === 'te') return trades([tradeOf(third, name)]);
  if (second === 'tu') return other('tu');
  if (!isList(second)) return refuse('trades', 'te, tu, hb or a list', second);
  return trades(oldestFirst(second.map((row) => tradeOf(row, name))), true);
}

function reader(): MessageReader {
  const channels = new Map<string, string | null>();
  return (message) => (isList(message) ? readList(message, channels) : readEvent(message, channels));
}

export const bitfinex = venue({
  name: 'bitfinex',
  title: 'Bitfinex',
  messages: {
    name: 'bitfinex',
    reader,
    answer: (message) =>
      isList(message) && (message.length === 0 || isRow(message[0]))
        ? oldestFirst(message.map((row) => tradeOf(row, undefined)))
        : undefined,
  },
  profiles: ['bitfinex'],
  id: seen('the first of a trade, one rising counter for all pairs'),
  time: seen('ms'),
  side: seen('the sign of the amount'),
  counts: documented('`te`; `tu` is the same trade again'),
});
