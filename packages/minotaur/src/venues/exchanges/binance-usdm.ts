/**
 * Binance USD-M futures. Trades of the insurance fund and of deleveraging are on the stream alone; they are left out, and
 * their ids are missing from answers and dumps. `@trade` is undocumented, and is what the dumps hold.
 */
import { documented, memory, seen, venue } from '../contract/venue.ts';
import { binanceMessages, pageBinance, subscribeBinance } from './binance-messages.ts';

export const binanceUsdm = venue({
  name: 'binance-usdm',
  title: 'Binance USD-M futures',
  messages: binanceMessages,
  profiles: ['binance-usdm'],
  id: seen('`t` of `@trade`, dense per symbol on the stream'),
  time: seen('ms'),
  side: seen('`m`: the buyer was the maker'),
  counts: documented('`X` MARKET, or no `X`; insurance fund, deleveraging and NA are left out'),
  stream: {
    urls: {
      'binance-usdm': documented(['wss://fstream.binance.com/public/stream', 'wss://fstream.binance.com/stream']),
    },
    subscribe: subscribeBinance,
    subscription: 'documented',
    acknowledged: documented('text'),
    keepAlive: documented({ ping: null, proof: 'protocol', deadAfterMs: 20_000 }),
    closesAfterHours: documented(24),
    reconnectRequest: memory('serverShutdown'),
    limits: memory({
      symbolsPerConnection: 200,
      messagesPerSecond: 10,
      symbolsPerMessage: null,
      connectionsPerMinute: 60,
    }),
  },
  repair: {
    host: documented('fapi.binance.com'),
    request: ({ symbol, fromId }) => ({
      method: 'GET',
      path: `/fapi/v1/${pageBinance(symbol, fromId)}&limit=500`,
    }),
    by: documented('id'),
    pageSize: documented(500),
    budget: memory({ perPage: 20, perMinute: 2400, unit: 'weight' }),
    reaches: memory('one month'),
    needsKey: documented(true),
  },
  dump: {
    file(market, day) {
      const name = encodeURIComponent(market);
      const url = `https://data.binance.vision/data/futures/um/daily/trades/${name}/${name}-trades-${day}.zip`;
      return { url, checksum: `${url}.CHECKSUM` };
    },
    address: 'documented',
    layouts: { 'binance-usdm': seen('binance trades') },
    published: documented('the next day; files are issued again'),
    dayAheadHours: memory(0),
  },
});
