/** Repair over REST and dumps: what is asked for, what is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KNOWN, SHAPES } from '../files/csv/known-layouts.ts';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import type { PageQuestion, Venue } from './contract/venue.ts';
import { venues } from './exchanges.gen.ts';
import { pageRequest, readPage } from './contract/pages.ts';

const ALL: readonly Venue[] = Object.values(venues);
const since = 1_762_795_433_971_744;
const ask = (symbol: string, profile: string, more: Partial<PageQuestion> = {}): PageQuestion => {
  return { symbol, profile, fromId: 5000, since, now: since + 60e6, ...more };
};
const addressOf = (venue: Venue, question: PageQuestion): string => {
  const { method, host, path } = pageRequest(venue, question);
  return `${method} ${host}${path}`;
};

test('the page that begins with the id that is missing, or behind the last time', () => {
  assert.deepEqual(
    [
      addressOf(venues.binanceSpot, ask('BTCUSDT', 'binance-spot')),
      addressOf(venues.binanceUsdm, ask('BTCUSDT', 'binance-usdm')),
      addressOf(venues.coinbase, ask('BTC-USD', 'coinbase')),
      addressOf(venues.deribit, ask('BTC-PERPETUAL', 'deribit')),
      addressOf(venues.okx, ask('BTC-USDT', 'okx')),
      addressOf(venues.kraken, ask('BTC/USD', 'kraken')),
      addressOf(venues.kraken, ask('ETH/USD', 'kraken', { cursor: '1762820035982277754' })),
      addressOf(venues.bybit, ask('BTCUSDT', 'bybit-spot')),
      addressOf(venues.bybit, ask('BTCUSDT', 'bybit-linear')),
      addressOf(venues.bitstamp, ask('btcusd', 'bitstamp')),
      addressOf(venues.bitstamp, ask('btcusd', 'bitstamp', { now: since + 3600e6 })),
    ],
    [
      'GET api.binance.com/api/v3/historicalTrades?symbol=BTCUSDT&fromId=5000&limit=1000',
      'GET fapi.binance.com/fapi/v1/historicalTrades?symbol=BTCUSDT&fromId=5000&limit=500',
      'GET api.exchange.coinbase.com/products/BTC-USD/trades?limit=1000&after=6000',
      'GET www.deribit.com/api/v2/public/get_last_trades_by_instrument?instrument_name=BTC-PERPETUAL&start_seq=5000&end_seq=5999&count=1000&sorting=asc',
      'GET www.okx.com/api/v5/market/history-trades?instId=BTC-USDT&type=1&after=5100&limit=100',
      'GET api.kraken.com/0/public/Trades?pair=XBTUSD&since=1762795433971743999&count=1000',
      'GET api.kraken.com/0/public/Trades?pair=ETHUSD&since=1762820035982277754&count=1000',
      'GET api.bybit.com/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=60',
      'GET api.bybit.com/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000',
      'GET www.bitstamp.net/api/v2/transactions/btcusd/?time=hour',
      'GET www.bitstamp.net/api/v2/transactions/btcusd/?time=day',
    ],
  );
  assert.throws(() => pageRequest(venues.hyperliquid, ask('BTC', 'hyperliquid')), /recordings alone/);
});

test("a symbol cannot leave its place in a request's address", () => {
  for (const venue of ALL.filter(({ repair }) => repair !== undefined)) {
    const plain = addressOf(venue, ask('AB', venue.profiles[0]));
    const hostile = addressOf(venue, ask('A&x=1#/../B', venue.profiles[0]));
    assert.equal(hostile.replace(/A%26x%3D1%23(%2F)?..(%2F)?B/, 'AB'), plain, venue.name);
  }
});

test('an answer: trades of the symbol asked about, oldest first, and the cursor; a problem is told', () => {
  const text =
    '{"error":[],"result":{"XXBTZUSD":[["105433.60000","0.00027625",1762795433.9717445,"b","l","",10218208]],"last":"1762820035982277754"}}';
  assert.deepEqual(readPage(venues.kraken, text, ask('BTC/USD', 'kraken')), {
    trades: [
      { symbol: 'BTC/USD', id: 10218208, time: since, price: 105433.6, quantity: 0.00027625, buyerMaker: false },
    ],
    cursor: '1762820035982277754',
  });
  assert.deepEqual(readPage(venues.binanceSpot, '[]', ask('A', 'binance-spot')).trades, []);
  const problems = [
    [venues.kraken, '{"error":["EQuery:Unknown asset pair"]}', /answer of Kraken: expected trades.*Unknown asset pair/],
    [venues.binanceSpot, '{"code":-1121,"msg":"Invalid symbol."}', /Invalid symbol/],
    [venues.okx, '{"code":"51001","msg":"Instrument ID does not exist","data":[]}', /does not exist/],
    [venues.bybit, '{"retCode":10001,"retMsg":"Not supported symbols","result":{}}', /Not supported symbols/],
    [venues.coinbase, '{"message":"NotFound"}', /NotFound/],
    [
      venues.bybit,
      '{"retCode":0,"result":{"category":"spot","list":[{"execId":"2100000000007764263","symbol":"B","price":"1","size":"2","side":"Sell","time":"1672052955758","isBlockTrade":false}]}}',
      /answer of Bybit: expected trades of A, found of B/,
    ],
    [venues.deribit, '<html>', /expected a value of JSON/],
  ] as const;
  for (const [venue, answer, expected] of problems)
    assert.throws(() => readPage(venue, answer, ask('A', venue.profiles[0])), expected);
});

test('dumps: addresses, checksums, and layouts that the readers of files know', () => {
  const file = (venue: Venue, symbol: string, profile = venue.profiles[0]) =>
    venue.dump?.file(symbol, '2024-08-08', profile);
  assert.deepEqual(file(venues.binanceSpot, 'BTCUSDT'), {
    url: 'https://data.binance.vision/data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-08-08.zip',
    checksum: 'https://data.binance.vision/data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-08-08.zip.CHECKSUM',
  });
  assert.equal(
    file(venues.binanceUsdm, 'BTCUSDT')?.url,
    'https://data.binance.vision/data/futures/um/daily/trades/BTCUSDT/BTCUSDT-trades-2024-08-08.zip',
  );
  assert.equal(
    file(venues.bybit, 'BTCUSDT', 'bybit-linear')?.url,
    'https://public.bybit.com/trading/BTCUSDT/BTCUSDT2024-08-08.csv.gz',
  );
  assert.equal(
    file(venues.bybit, 'BTCUSDT', 'bybit-spot')?.url,
    'https://public.bybit.com/spot/BTCUSDT/BTCUSDT_2024-08-08.csv.gz',
  );
  const known = new Set([...KNOWN, ...SHAPES].map(({ name }) => name));
  for (const { name, dump, profiles } of ALL.filter((venue) => venue.dump !== undefined)) {
    assert.deepEqual(Object.keys(dump?.layouts ?? {}).sort(), [...profiles].sort(), name);
    for (const { value } of Object.values(dump?.layouts ?? {})) assert.ok(known.has(value), `${name}: ${value}`);
  }
});

test('profiles: each is of one venue, every market has an address, and its unit is that of its stream', () => {
  const profiles = ALL.flatMap((venue) => venue.profiles);
  assert.equal(new Set(profiles).size, profiles.length);
  for (const { name, profiles: own, stream, time } of ALL) {
    if (stream !== undefined) assert.deepEqual(Object.keys(stream.urls).sort(), [...own].sort(), name);
    for (const profile of own) {
      const unit = profileNamed(profile)?.defaults.timeUnit;
      assert.ok(unit !== undefined && time.value.split(' or ').includes(unit), profile);
    }
  }
});
