/** OKX: the channels `trades-all` and `trades`, and the answers of `market/trades` and `market/history-trades`, newest first. */
import { oldestFirst, other, trades, type Decoded, type VenueTrade } from '../contract/decoded.ts';
import { member, textOf, type Json } from '../contract/json.ts';
import { id, list, positive, refuse, symbol, takerSold, text, time } from '../contract/readings.ts';
import { documented, memory, seen, venue } from '../contract/venue.ts';

const TRADES = /^trades(-all)?$/;
const URLS = documented(['wss://ws.okx.com:8443/ws/v5/business']);

function tradeOf(row: Json): VenueTrade {
  return {
    symbol: symbol(row, 'instId'),
    id: id(row, 'tradeId'),
    time: time(row, 'ts', 'ms'),
    price: positive(row, 'px'),
    quantity: positive(row, 'sz'),
    buyerMaker: takerSold(row, 'side', 'buy', 'sell'),
  };
}

function readEvent(message: Json, event: string): readonly Decoded[] {
  const arg = member(message, 'arg');
  if (event === 'error') return [{ kind: 'nack', reason: text(message, 'msg') }];
  if (event === 'notice') return [{ kind: 'reconnect', reason: text(message, 'msg') }];
  if (event !== 'subscribe' || !TRADES.test(textOf(member(arg, 'channel')) ?? '')) return other(event);
  return [{ kind: 'ack', symbols: [symbol(arg, 'instId')] }];
}

function read(message: Json): readonly Decoded[] {
  const event = textOf(member(message, 'event'));
  if (event !== undefined) return readEvent(message, event);
  const channel = text(member(message, 'arg'), 'channel');
  if (TRADES.test(channel)) {
    const own = oldestFirst(list(message, 'data').map(tradeOf));
    return trades(channel === 'trades' ? own.map((trade) => ({ ...trade, isAggregated: true })) : own);
  }
  return member(message, 'data') === undefined ? refuse('data', 'a list', undefined) : other(channel);
}

export const okx = venue({
  name: 'okx',
  title: 'OKX',
  messages: {
    name: 'okx',
    reader: () => read,
    plain: { pong: { kind: 'heartbeat' } },
    answer: (message) =>
      textOf(member(message, 'code')) === '0' && member(message, 'event') === undefined
        ? oldestFirst(list(message, 'data').map(tradeOf))
        : undefined,
  },
  profiles: ['okx', 'okx-linear', 'okx-inverse'],
  id: seen('`tradeId`, dense per instrument on `trades-all`; `trades` may merge fills and has the last of them'),
  time: seen('ms'),
  side: documented("`side` is the taker's"),
  counts: documented('all of `trades-all`; quantities of swaps and futures count contracts'),
  stream: {
    urls: { okx: URLS, 'okx-linear': URLS, 'okx-inverse': URLS },
    subscribe: (symbols) => [
      JSON.stringify({ op: 'subscribe', args: symbols.map((instId) => ({ channel: 'trades-all', instId })) }),
    ],
    subscription: 'documented',
    acknowledged: seen('symbol'),
    keepAlive: documented({ ping: { text: 'ping', everyMs: 20_000 }, proof: 'heartbeat', deadAfterMs: 30_000 }),
    closesAfterHours: memory(null),
    reconnectRequest: memory('notice'),
    limits: documented({
      symbolsPerConnection: null,
      messagesPerSecond: 0.13,
      symbolsPerMessage: null,
      connectionsPerMinute: 180,
    }),
  },
  repair: {
    host: documented('www.okx.com'),
    // `after` gives what is older than an id: ids are dense, so this page begins with the one that is asked for.
    request: ({ symbol: instId, fromId }) => {
      const after = fromId === undefined ? '' : `&type=1&after=${BigInt(fromId) + 100n}`;
      const path = `/api/v5/market/history-trades?instId=${encodeURIComponent(instId)}${after}&limit=100`;
      return { method: 'GET', path };
    },
    by: documented('id'),
    pageSize: documented(100),
    budget: documented({ perPage: 1, perMinute: 600, unit: 'requests' }),
    reaches: documented('three months'),
    needsKey: documented(false),
  },
  dump: {
    file(market, day) {
      const name = encodeURIComponent(market);
      const url = `https://www.okx.com/cdn/okex/traderecords/trades/daily/${day.replaceAll('-', '')}/${name}-trades-${day}.zip`;
      return { url, checksum: null };
    },
    address: 'memory',
    layouts: { okx: memory('okx trades'), 'okx-linear': memory('okx trades'), 'okx-inverse': memory('okx trades') },
    published: memory('the next day'),
    dayAheadHours: memory(8),
  },
});
