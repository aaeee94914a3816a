/** Every venue's messages as they were seen, each side, left out what no dump has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';
import type { Decoded, VenueTrade } from './contract/decoded.ts';
import type { Messages, Venue } from './contract/venue.ts';
import { venues } from './exchanges.gen.ts';
import { createLineDecoder, messagesOfLines } from './recordings.ts';

function decodedOf(messages: Messages, texts: readonly string[]): Decoded[] {
  const decodeLine = createLineDecoder(messages);
  return texts.flatMap((text) => decodeLine(text));
}

function decode({ messages }: Venue, texts: readonly string[]): { trades: VenueTrade[]; leftOut: string[] } {
  const decoded = decodedOf(messages, texts);
  return {
    trades: decoded.flatMap((one) => (one.kind === 'trades' ? one.trades : [])),
    leftOut: decoded.flatMap((one) => (one.kind === 'leftOut' ? [one.reason] : [])),
  };
}

/** Symbol, id, time, price, quantity, the taker's side. */
type Expected = readonly [string | undefined, string | undefined, string, string, string, number];

/** A time as it is written: milliseconds, microseconds, seconds, or ISO 8601. */
function microsOf(written: string): number {
  if (!/^[\d.]+$/.test(written)) return parseIso(written);
  const [whole, fraction = ''] = written.split('.');
  const digits = whole + fraction;
  return Number(digits.slice(0, 16).padEnd(16, '0'));
}

function assertDecodes(venue: Venue, texts: readonly string[], expected: readonly Expected[]): void {
  const { trades } = decode(venue, texts);
  const rows = trades.map(({ symbol, id, time, price, quantity, buyerMaker }) => {
    return [symbol, id === undefined ? undefined : String(id), time, price, quantity, buyerMaker ? -1 : 1];
  });
  assert.deepEqual(
    rows,
    expected.map(([symbol, id, time, price, quantity, side]) => {
      return [symbol, id, microsOf(time), numberOf(price), numberOf(quantity), side];
    }),
  );
  for (const text of texts.filter((one) => decode(venue, [one]).trades.length > 0)) {
    assert.equal(messagesOfLines([text]), venue.messages, text);
    const others = new Set(Object.values(venues).map(({ messages }) => messages));
    others.delete(venue.messages);
    for (const messages of others) {
      const kinds = new Set(decodedOf(messages, [text]).map(({ kind }) => kind));
      assert.ok(!kinds.has('trades') && !kinds.has('leftOut'), `${messages.name}: ${text}`);
    }
  }
}

test('fault 28: Binance: trades of spot and futures, aggregated trades, answers; insurance fund and deleveraging left out', () => {
  const messages = [
    '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}',
    '{"e":"trade","E":1596240000596,"T":1596240000519,"s":"BTCUSDT","t":173525189,"p":"11343.67","q":"0.467","X":"MARKET","m":false}',
    '{"e":"aggTrade","E":1626992741575,"a":16599292,"s":"CTKUSDT","p":"1.01100","q":"10","f":23961322,"l":23961322,"T":1626992741421,"m":false,"st":1}',
    '[{"id":1111471896,"price":"60814.78000000","qty":"0.00034000","quoteQty":"20.67702520","time":1634943219887,"isBuyerMaker":true,"isBestMatch":true}]',
    '[{"a":966492862,"p":"60759.60000000","q":"0.00841000","f":1111480471,"l":1111480471,"T":1634944096633,"m":false,"M":true}]',
  ];
  assertDecodes(venues.binanceSpot, messages, [
    ['BTCUSDT', '3735683259', '1723161255342', '61837.63000000', '0.02000000', -1],
    ['BTCUSDT', '173525189', '1596240000519', '11343.67', '0.467', 1],
    ['CTKUSDT', '16599292', '1626992741421', '1.01100', '10', 1],
    [undefined, '1111471896', '1634943219887', '60814.78000000', '0.00034000', -1],
    [undefined, '966492862', '1634944096633', '60759.60000000', '0.00841000', 1],
  ]);
  const apart = decode(venues.binanceSpot, [
    '{"stream":"ethusdt@trade","data":{"e":"trade","E":1596034530241,"T":1596034530235,"s":"ETHUSDT","t":73701056,"p":"2366.55","q":"0.070","X":"INSURANCE_FUND","m":true}}',
    '{"e":"trade","E":1618716867643,"T":1618716867639,"s":"ETCUSDT","t":84242137,"p":"852.722","q":"0.05","X":"ADL","m":true}',
    '{"e":"depthUpdate","E":1,"s":"ETHUSDT"}',
    '{"result":null,"id":1}',
  ]);
  assert.deepEqual(apart, { trades: [], leftOut: ['insurance fund', 'deleveraging'] });
});

test("Coinbase Exchange: the side is the maker's; answers have the newest first", () => {
  const match = (type: string, side: string, id: number): string =>
    `{"type":"${type}","trade_id":${id},"maker_order_id":"a","taker_order_id":"b","side":"${side}","size":"0.97133855","price":"4.97800000","product_id":"ETC-GBP","sequence":253395153,"time":"2019-08-01T00:00:03.816000Z"}`;
  const answer = (side: string, id: number): string =>
    `{"trade_id":${id},"side":"${side}","size":"0.5","price":"4.9","time":"2019-08-01T00:00:0${id}.816000Z"}`;
  assertDecodes(
    venues.coinbase,
    [match('last_match', 'buy', 216543), match('match', 'sell', 216544), `[${answer('sell', 3)},${answer('buy', 2)}]`],
    [
      ['ETC-GBP', '216543', '2019-08-01T00:00:03.816000Z', '4.97800000', '0.97133855', -1],
      ['ETC-GBP', '216544', '2019-08-01T00:00:03.816000Z', '4.97800000', '0.97133855', 1],
      [undefined, '2', '2019-08-01T00:00:02.816000Z', '4.9', '0.5', -1],
      [undefined, '3', '2019-08-01T00:00:03.816000Z', '4.9', '0.5', 1],
    ],
  );
});

test("Coinbase Advanced: the taker's side; a message with the newest first is turned", () => {
  const trade = (id: number, side: string): string =>
    `{"product_id":"BTC-USD","trade_id":"${id}","price":"88355.59","size":"0.00136573","time":"2025-12-31T06:00:12.44524Z","side":"${side}"}`;
  const message = `{"channel":"market_trades","timestamp":"2025-12-31T06:00:12.516946132Z","sequence_num":1851,"events":[{"type":"update","trades":[${trade(663, 'SELL')},${trade(662, 'BUY')}]}]}`;
  assertDecodes(
    venues.coinbaseAdvanced,
    [message],
    [
      ['BTC-USD', '662', '2025-12-31T06:00:12.44524Z', '88355.59', '0.00136573', 1],
      ['BTC-USD', '663', '2025-12-31T06:00:12.44524Z', '88355.59', '0.00136573', -1],
    ],
  );
});

test('Kraken: both versions, numbers by their text; answers, whose times go below a microsecond', () => {
  assertDecodes(
    venues.kraken,
    [
      '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":77313.3,"qty":0.0084064,"ord_type":"limit","trade_id":107612614,"timestamp":"2026-09-13T20:52:59.976634Z"},{"symbol":"BTC/USD","side":"sell","price":77313.10,"qty":1e-8,"trade_id":107612615,"timestamp":"2026-09-13T20:52:59.976635Z"}]}',
      '[170,[["0.01136500","2.51146536","1561939201.587070","s","l",""]],"trade","LTC/XBT"]',
      '{"error":[],"result":{"XBTUSDT":[["105433.60000","0.00027625",1762795433.9717445,"b","l","",10218208]],"last":"1762820035982277754"}}',
    ],
    [
      ['BTC/USD', '107612614', '2026-09-13T20:52:59.976634Z', '77313.3', '0.0084064', 1],
      ['BTC/USD', '107612615', '2026-09-13T20:52:59.976635Z', '77313.10', '1e-8', -1],
      ['LTC/XBT', undefined, '1561939201.587070', '0.01136500', '2.51146536', -1],
      ['XBTUSDT', '10218208', '1762795433.9717445', '105433.60000', '0.00027625', 1],
    ],
  );
});

test('Bybit: ids of 19 digits and UUIDs, the version before, answers; block trades left out', () => {
  assertDecodes(
    venues.bybit,
    [
      '{"topic":"publicTrade.BTCUSDT","ts":1680652847526,"type":"snapshot","data":[{"i":"2290000000050703789","T":1680652847524,"p":"28165.38","v":"0.041732","S":"Sell","s":"BTCUSDT","BT":false},{"i":"2290000000050703790","T":1680652847524,"p":"28165.38","v":"0.008513","S":"Buy","s":"BTCUSDT","BT":false}]}',
      '{"topic":"publicTrade.LTCUSDT","type":"snapshot","ts":1680688979985,"data":[{"T":1680688979983,"s":"LTCUSDT","S":"Buy","v":"0.4","p":"94.53","L":"ZeroMinusTick","i":"4c7b6bdc-b4a3-5716-9c7b-bbe01dc7072f","BT":false}]}',
      '{"topic":"trade.LTCUSDT","data":[{"symbol":"LTCUSDT","tick_direction":"PlusTick","price":"313.14","size":0.6,"timestamp":"2021-04-17T16:43:00.000Z","trade_time_ms":"1618677780476","side":"Sell","trade_id":"55e1cea6-bef5-5490-ae71-06160f62f99d"}]}',
      '{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"execId":"a905d5c3-1ed0-4f37-83e4-9c73a2fe2f01","symbol":"BTCUSDT","price":"27450.50","size":"0.005","side":"Buy","time":"1709891679000","isBlockTrade":false}]},"time":1709891679050}',
    ],
    [
      ['BTCUSDT', '2290000000050703789', '1680652847524', '28165.38', '0.041732', -1],
      ['BTCUSDT', '2290000000050703790', '1680652847524', '28165.38', '0.008513', 1],
      ['LTCUSDT', '4c7b6bdc-b4a3-5716-9c7b-bbe01dc7072f', '1680688979983', '94.53', '0.4', 1],
      ['LTCUSDT', '55e1cea6-bef5-5490-ae71-06160f62f99d', '1618677780476', '313.14', '0.6', -1],
      ['BTCUSDT', 'a905d5c3-1ed0-4f37-83e4-9c73a2fe2f01', '1709891679000', '27450.50', '0.005', 1],
    ],
  );
  const block =
    '{"topic":"publicTrade.X","data":[{"T":1680688979983,"s":"X","S":"Buy","v":"4","p":"9","i":"u","BT":true}]}';
  assert.deepEqual(decode(venues.bybit, [block]), { trades: [], leftOut: ['block trade'] });
});

test('OKX: both channels; answers have the newest first', () => {
  assertDecodes(
    venues.okx,
    [
      '{"arg":{"channel":"trades-all","instId":"BSV-USDT"},"data":[{"instId":"BSV-USDT","tradeId":"84834539","px":"42.52","sz":"3.75","side":"buy","ts":"1697760012017"}]}',
      '{"arg":{"channel":"trades","instId":"FIL-USD-220325"},"data":[{"instId":"FIL-USD-220325","tradeId":"1271987","px":"36.239","sz":"11","side":"sell","ts":"1640131185600"}]}',
      '{"code":"0","msg":"","data":[{"instId":"BTC-USDT","side":"sell","sz":"0.00013669","px":"102537.9","tradeId":"734864333","ts":"1747087163557"},{"instId":"BTC-USDT","side":"buy","sz":"0.0000125","px":"102537.9","tradeId":"734864332","ts":"1747087161666"}]}',
    ],
    [
      ['BSV-USDT', '84834539', '1697760012017', '42.52', '3.75', 1],
      ['FIL-USD-220325', '1271987', '1640131185600', '36.239', '11', -1],
      ['BTC-USDT', '734864332', '1747087161666', '102537.9', '0.0000125', 1],
      ['BTC-USDT', '734864333', '1747087163557', '102537.9', '0.00013669', -1],
    ],
  );
  const ack = '{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"}}';
  assert.deepEqual(decode(venues.okx, [ack]), { trades: [], leftOut: [] });
});

test('Deribit: the id is trade_seq', () => {
  const row = (seq: number, direction: string): string =>
    `{"timestamp":1765531356452,"price":92294.5,"amount":10.0,"direction":"${direction}","index_price":92276.75,"instrument_name":"BTC-PERPETUAL","trade_seq":${seq},"tick_direction":2,"contracts":1.0,"trade_id":"403691824"}`;
  assertDecodes(
    venues.deribit,
    [
      `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[${row(271252854, 'sell')}]}}`,
      `{"id":2,"jsonrpc":"2.0","result":{"has_more":true,"trades":[${row(271252857, 'sell')},${row(271252856, 'buy')}]}}`,
    ],
    [
      ['BTC-PERPETUAL', '271252854', '1765531356452', '92294.5', '10.0', -1],
      ['BTC-PERPETUAL', '271252856', '1765531356452', '92294.5', '10.0', 1],
      ['BTC-PERPETUAL', '271252857', '1765531356452', '92294.5', '10.0', -1],
    ],
  );
});

test('Bitstamp: type 0 bought, 1 sold', () => {
  const message = (type: number): string =>
    `{"data":{"microtimestamp":"1569888000557673","amount":0.02834,"amount_str":"0.02834000","price_str":"8304.47","price":8304.47,"type":${type},"id":98000129},"event":"trade","channel":"live_trades_btcusd"}`;
  assertDecodes(
    venues.bitstamp,
    [message(0), message(1)],
    [
      ['btcusd', '98000129', '1569888000557673', '8304.47', '0.02834000', 1],
      ['btcusd', '98000129', '1569888000557673', '8304.47', '0.02834000', -1],
    ],
  );
  const answer =
    '[{"date":"1569888001","tid":"98000131","amount":"0.5","type":"1","price":"8304.5"},{"date":"1569888001","tid":"98000130","amount":"0.25","type":"0","price":"8304.48"}]';
  assertDecodes(
    venues.bitstamp,
    [answer],
    [
      [undefined, '98000130', '1569888001', '8304.48', '0.25', 1],
      [undefined, '98000131', '1569888001', '8304.5', '0.5', -1],
    ],
  );
  assert.ok(decode(venues.bitstamp, [answer]).trades.every(({ isCoarse }) => isCoarse));
});

test('fault 8: Bitfinex: channels by number, executions and not their bookings, snapshots and answers', () => {
  assertDecodes(
    venues.bitfinex,
    [
      '{"event":"subscribed","channel":"trades","chanId":89,"symbol":"tBTCUSD","pair":"BTCUSD"}',
      '[89,[[382489562,1564617600708,-0.5,10087.9],[382489561,1564617600707,0.25,10087.8]],1]',
      '[89,"te",[382489563,1564617600709,0.00705845,10087.98969503],18,1564617600784]',
      '[89,"tu",[382489563,1564617600709,0.00705845,10087.98969503],19,1564617600834]',
      '[89,"hb",20]',
      '[7,[[10087.9,2,0.5],[10087.8,1,-0.25]],3]',
      '[[382489565,1564617600711,-1e-7,10088]]',
    ],
    [
      ['tBTCUSD', '382489561', '1564617600707', '10087.8', '0.25', 1],
      ['tBTCUSD', '382489562', '1564617600708', '10087.9', '0.5', -1],
      ['tBTCUSD', '382489563', '1564617600709', '10087.98969503', '0.00705845', 1],
      [undefined, '382489565', '1564617600711', '10088', '1e-7', -1],
    ],
  );
  const stray = decode(venues.bitfinex, ['[6957,"te",[382490248,1564617600489,0.43426,218.74],11,1564617600570]']);
  assert.deepEqual(stray, { trades: [], leftOut: ['channel that was not announced'] });
});

test('BitMEX: what is there at first and what is added; answers', () => {
  const row = (side: string): string =>
    `{"timestamp":"2021-07-22T22:36:10.014Z","symbol":"UNIUSDT","side":"${side}","size":52,"price":17.297,"tickDirection":"PlusTick","trdMatchID":"39744121-c20e-44ba-8cc8-a6b8cdf72885"}`;
  const expected = (side: number): Expected => [
    'UNIUSDT',
    '39744121-c20e-44ba-8cc8-a6b8cdf72885',
    '2021-07-22T22:36:10.014Z',
    '17.297',
    '52',
    side,
  ];
  assertDecodes(
    venues.bitmex,
    [
      `{"table":"trade","action":"partial","data":[${row('Buy')}]}`,
      `{"table":"trade","action":"insert","data":[${row('Sell')}]}`,
      `[${row('Buy')}]`,
    ],
    [expected(1), expected(-1), expected(1)],
  );
});

test('Hyperliquid: B bought, A sold; a word that is neither is refused', () => {
  const row = (side: string): string =>
    `{"coin":"BTC","side":"${side}","px":"105056.0","sz":"0.00219","time":1737918794873,"hash":"0xde","tid":121451470284048,"users":["0x00","0x00"]}`;
  const message = (rows: string): string => `{"channel":"trades","data":[${rows}]}`;
  const base = ['BTC', '121451470284048', '1737918794873', '105056.0', '0.00219'] as const;
  assertDecodes(
    venues.hyperliquid,
    [message(`${row('B')},${row('A')}`), `[${row('A')}]`],
    [
      [...base, 1],
      [...base, -1],
      [...base, -1],
    ],
  );
  assert.deepEqual(decodedOf(venues.hyperliquid.messages, [message(row('X'))]), [
    { kind: 'unknown', where: 'message, side', expected: 'b or a', found: '"X"' },
  ]);
});
