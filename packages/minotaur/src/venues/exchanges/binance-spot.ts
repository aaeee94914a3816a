/** Binance spot. Its stream has milliseconds unless it is asked for microseconds, which its dumps have since 2025. */
import { documented, memory, seen, venue } from '../contract/venue.ts';
import { binanceMessages, pageBinance, subscribeBinance } from './binance-messages.ts';

export const binanceSpot = venue({
  name: 'binance-spot',
  title: 'Binance spot',
  messages: binanceMessages,
  profiles: ['binance-spot'],
  id: seen('`t` of `@trade`, dense per symbol; `a` of aggregated trades'),
  time: documented('ms or us'),
  side: seen('`m`: the buyer was the maker'),
  counts: documented('all of `@trade`; block trades are a stream of their own'),
  stream: {
    urls: {
      'binance-spot': documented([
        'wss://stream.binance.com:9443/stream?timeUnit=MICROSECOND',
        'wss://data-stream.binance.vision/stream?timeUnit=MICROSECOND',
      ]),
    },
    subscribe: subscribeBinance,
    subscription: 'documented',
    acknowledged: documented('text'),
    keepAlive: documented({ ping: null, proof: 'protocol', deadAfterMs: 20_000 }),
    closesAfterHours: documented(24),
    reconnectRequest: documented('serverShutdown'),
    limits: documented({
      symbolsPerConnection: 1024,
      messagesPerSecond: 5,
      symbolsPerMessage: null,
      connectionsPerMinute: 60,
    }),
  },
  repair: {
    host: documented('api.binance.com'),
    request: ({ symbol, fromId }) => ({
      method: 'GET',
      path: `/api/v3/${pageBinance(symbol, fromId)}&limit=1000`,
    }),
    by: documented('id'),
    pageSize: documented(1000),
    budget: memory({ perPage: 25, perMinute: 6000, unit: 'weight' }),
    reaches: documented('the first trade'),
    needsKey: documented(false),
  },
  dump: {
    file(market, day) {
      const name = encodeURIComponent(market);
      const url = `https://data.binance.vision/data/spot/daily/trades/${name}/${name}-trades-${day}.zip`;
      return { url, checksum: `${url}.CHECKSUM` };
    },
    address: 'documented',
    layouts: { 'binance-spot': seen('binance trades') },
    published: documented('the next day; files are issued again'),
    dayAheadHours: memory(0),
  },
});
