/** Bitstamp: the channels `live_trades_*`, and the answers of `transactions/...`, which have whole seconds and the newest first. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { isList, isObject, member, textOf, type Json } from '../contract/json.ts';
import { id, object, positive, refuse, symbolOf, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const CHANNEL = /^live_trades_(.+)$/s;

function tradeOf(data: Json, name: string): VenueTrade {
  return {
    symbol: symbolOf(name, 'channel'),
    id: id(data, 'id'),
    time: time(data, 'microtimestamp', 'us'),
    price: positive(data, member(data, 'price_str') === undefined ? 'price' : 'price_str'),
    quantity: positive(data, member(data, 'amount_str') === undefined ? 'amount' : 'amount_str'),
    buyerMaker: takerSold(data, 'type', '0', '1'),
  };
}

function transactionOf(row: Json): VenueTrade {
  return {
    symbol: undefined,
    id: id(row, 'tid'),
    time: time(row, 'date', 's'),
    isCoarse: true,
    price: positive(row, 'price'),
    quantity: positive(row, 'amount'),
    buyerMaker: takerSold(row, 'type', '0', '1'),
  };
}

function read(message: Json): readonly Decoded[] {
  const event = text(message, 'event');
  const channel = textOf(member(message, 'channel'));
  const name = CHANNEL.exec(channel ?? '')?.[1];
  if (event === 'bts:heartbeat') return [{ kind: 'heartbeat' }];
  if (event === 'bts:request_reconnect') return [{ kind: 'reconnect', reason: event }];
  if (event === 'bts:error') {
    const data = member(message, 'data');
    return [{ kind: 'nack', reason: isObject(data) ? text(data, 'message') : text(message, 'data') }];
  }
  if (name === undefined) return channel === undefined ? refuse('channel', 'a channel', undefined) : other(event);
  if (event === 'trade') return trades([tradeOf(object(message, 'data'), name)]);
  if (event === 'bts:subscription_succeeded') return [{ kind: 'ack', symbols: [symbolOf(name, 'channel')] }];
  return event === 'bts:unsubscription_succeeded' ? other(event) : refuse('event', 'an event of `live_trades`', event);
}

const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'tid') !== undefined && member(row, 'date') !== undefined;

/** The span that goes back to `since`, a minute to spare. */
function spanOf(since: number | undefined, now: number): 'minute' | 'hour' | 'day' {
  const minutes = (now - (since ?? now)) / 60e6;
  return minutes < 0.5 ? 'minute' : minutes < 59 ? 'hour' : 'day';
}

export const bitstamp = venue({
  name: 'bitstamp',
  title: 'Bitstamp',
  messages: {
    name: 'bitstamp',
    reader: () => read,
    answer: (message) =>
      isList(message) && (message.length === 0 || isAnswer(message[0]))
        ? oldestFirst(message.map(transactionOf))
        : undefined,
  },
  profiles: ['bitstamp'],
  id: seen('`id`, one rising counter for all pairs'),
  time: seen('us'),
  side: documented('`type`: 0 the taker bought, 1 he sold'),
  counts: memory('all of `live_trades`'),
  stream: {
    urls: { bitstamp: documented(['wss://ws.bitstamp.net']) },
    subscribe: (symbols) =>
      symbols.map((name) => JSON.stringify({ event: 'bts:subscribe', data: { channel: `live_trades_${name}` } })),
    subscription: 'documented',
    acknowledged: seen('symbol'),
    keepAlive: documented({
      ping: { text: '{"event":"bts:heartbeat"}', everyMs: 10_000 },
      proof: 'heartbeat',
      deadAfterMs: 20_000,
    }),
    closesAfterHours: documented(90 * 24),
    reconnectRequest: documented('bts:request_reconnect'),
    limits: memory({
      symbolsPerConnection: 100,
      messagesPerSecond: null,
      symbolsPerMessage: 1,
      connectionsPerMinute: null,
    }),
  },
  repair: {
    host: memory('www.bitstamp.net'),
    request: ({ symbol, since, now }) => ({
      method: 'GET',
      path: `/api/v2/transactions/${encodeURIComponent(symbol)}/?time=${spanOf(since, now)}`,
    }),
    by: memory('time'),
    // One answer has the whole span.
    pageSize: memory(1_000_000),
    budget: memory({ perPage: 1, perMinute: 40, unit: 'requests' }),
    reaches: memory('one day, in whole seconds'),
    needsKey: memory(false),
  },
});
