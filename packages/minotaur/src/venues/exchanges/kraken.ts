/** Kraken spot, second version of its stream. Its archive has no ids and no sides: history is asked for over REST. */
import { documented, memory, seen, venue } from '../contract/venue.ts';
import { krakenCursor, krakenMessages } from './kraken-messages.ts';

/** `BTC/USD` of the stream as a question has it: `XBTUSD`. */
const pairOf = (symbol: string): string => symbol.replace(/^BTC\//, 'XBT/').replace('/', '');

export const kraken = venue({
  name: 'kraken',
  title: 'Kraken',
  messages: krakenMessages,
  profiles: ['kraken'],
  id: seen('`trade_id`, dense per pair; none in the first version'),
  time: seen('us'),
  side: documented("`side` is the taker's"),
  counts: documented('all of `trade`'),
  stream: {
    urls: { kraken: documented(['wss://ws.kraken.com/v2']) },
    subscribe: (symbols) => [
      JSON.stringify({ method: 'subscribe', params: { channel: 'trade', symbol: symbols, snapshot: true } }),
    ],
    subscription: 'documented',
    acknowledged: documented('symbol'),
    keepAlive: documented({ ping: null, proof: 'heartbeat', deadAfterMs: 10_000 }),
    closesAfterHours: memory(null),
    reconnectRequest: memory(null),
    limits: memory({
      symbolsPerConnection: null,
      messagesPerSecond: null,
      symbolsPerMessage: null,
      connectionsPerMinute: 15,
    }),
  },
  repair: {
    host: documented('api.kraken.com'),
    // From the microsecond of the last trade on; trades of one time may be of two pages, so pages go on by `last` alone.
    request: ({ symbol, since, cursor }) => {
      const from = cursor ?? (since === undefined ? undefined : `${BigInt(since) * 1000n - 1n}`);
      const pair = encodeURIComponent(pairOf(symbol));
      const path = `/0/public/Trades?pair=${pair}${from === undefined ? '' : `&since=${from}`}&count=1000`;
      return { method: 'GET', path };
    },
    cursor: krakenCursor,
    renames: true,
    by: documented('time'),
    pageSize: documented(1000),
    budget: memory({ perPage: 1, perMinute: 60, unit: 'requests' }),
    reaches: documented('the first trade'),
    needsKey: documented(false),
  },
});
