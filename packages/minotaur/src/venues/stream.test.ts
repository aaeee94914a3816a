/** What venues say beside trades: subscriptions taken and refused, life, halts, goodbyes; and what they are sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Venue } from './contract/venue.ts';
import { createDecoder } from './contract/decode.ts';
import { venues } from './exchanges.gen.ts';

/** Kinds of what each text says, with what it says. */
function assertSays(venue: Venue, said: Readonly<Record<string, string>>): void {
  const decode = createDecoder(venue.messages);
  for (const [text, expected] of Object.entries(said)) {
    const words = decode(text).map(({ kind, ...rest }) =>
      [kind, ...(Object.values(rest) as unknown[]).flat()].join(' '),
    );
    assert.equal(words.join(', '), expected, text);
  }
}

test('Binance', () => {
  assertSays(venues.binanceSpot, {
    '{"result":null,"id":1}': 'ack',
    '{"error":{"code":2,"msg":"Invalid request"},"id":1}': 'nack Invalid request',
    '{"code":2,"msg":"Invalid request: unknown variant"}': 'nack Invalid request: unknown variant',
    '{"e":"serverShutdown","E":1770123456789}': 'reconnect serverShutdown',
    '{"e":"depthUpdate","E":1,"s":"ETHUSDT"}': 'other depthUpdate',
    '{"stream":"btcusdt@bookTicker","data":{"u":400900217,"s":"BTCUSDT","b":"25.3","B":"31.2","a":"25.4","A":"40"}}':
      'other bookTicker',
    '{"e":"trade","s":"A","t":1,"p":"1","q":"1","T":1723161255342,"m":true,"X":"NEW"}':
      'unknown message, X MARKET, INSURANCE_FUND, ADL, NA "NEW"',
    '{"a":1}': 'unknown message, e an event, or an answer to a request {"a":"1"}',
  });
});

test('Coinbase Exchange', () => {
  assertSays(venues.coinbase, {
    '{"type":"subscriptions","channels":[{"name":"matches","product_ids":["BTC-USD","ETH-USD"]},{"name":"heartbeat","product_ids":["BTC-USD"]}]}':
      'ack BTC-USD ETH-USD',
    '{"type":"subscriptions","channels":[]}': 'nack no channel `matches` among the subscriptions',
    '{"type":"error","message":"Failed to subscribe","reason":"XXX-USD is not a valid product"}':
      'nack XXX-USD is not a valid product',
    '{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}':
      'heartbeat BTC-USD 20',
    '{"type":"heartbeat","sequence":90,"last_trade_id":0,"product_id":"BTC-USD","time":"2020-11-07T08:19:28.464459Z"}':
      'heartbeat',
    '{"type":"ticker","product_id":"BTC-USD"}': 'other ticker',
  });
  assertSays(venues.coinbaseAdvanced, {
    '{"channel":"subscriptions","events":[{"subscriptions":{"market_trades":["BTC-USD"]}}]}': 'ack BTC-USD',
    '{"channel":"heartbeats","events":[]}': 'heartbeat',
  });
});

test('Kraken', () => {
  assertSays(venues.kraken, {
    '{"method":"subscribe","result":{"channel":"trade","snapshot":true,"symbol":"BTC/USD"},"success":true,"time_in":"2023-09-25T09:04:31.742599Z"}':
      'ack BTC/USD',
    '{"error":"Currency pair not supported XXX/USD","method":"subscribe","success":false,"symbol":"XXX/USD"}':
      'nack Currency pair not supported XXX/USD',
    '{"channel":"heartbeat"}': 'heartbeat',
    '{"channel":"status","type":"update","data":[{"system":"maintenance","api_version":"v2"}]}':
      'state false maintenance',
    '{"event":"systemStatus","status":"online","version":"1.8.3","connectionID":18239578009413566319}':
      'state true online',
    '{"channelID":993,"channelName":"trade","event":"subscriptionStatus","pair":"XMR/USD","status":"subscribed"}':
      'ack XMR/USD',
    '{"event":"heartbeat"}': 'heartbeat',
  });
});

test('Deribit: a channel that there is not is left out of the answer', () => {
  const test_ = '{"jsonrpc":"2.0","id":9,"method":"public/test","params":{}}';
  assertSays(venues.deribit, {
    '{"jsonrpc":"2.0","id":3,"result":["trades.BTC-PERPETUAL.100ms"]}': 'ack BTC-PERPETUAL',
    '{"jsonrpc":"2.0","id":3,"result":[]}': 'nack none of the channels is taken',
    '{"jsonrpc":"2.0","id":3,"error":{"message":"Invalid params","code":-32602}}': 'nack Invalid params',
    '{"jsonrpc":"2.0","id":1,"result":"ok"}': 'heartbeat',
    '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}': `heartbeat, respond ${test_}`,
    '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.BTC-PERPETUAL.raw","data":{}}}':
      'other ticker',
  });
});

test('OKX and Bybit', () => {
  assertSays(venues.okx, {
    '{"event":"subscribe","arg":{"channel":"trades-all","instId":"BTC-USDT"},"connId":"a4d3ae55"}': 'ack BTC-USDT',
    '{"event":"error","code":"60018","msg":"Wrong URL or channel"}': 'nack Wrong URL or channel',
    '{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade."}':
      'reconnect The connection will soon be closed for a service upgrade.',
    pong: 'heartbeat',
    '{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{}]}': 'other tickers',
  });
  assertSays(venues.bybit, {
    '{"success":true,"ret_msg":"","conn_id":"cejreaspqfm9se7usbrg-2xh","op":"subscribe"}': 'ack',
    '{"success":false,"ret_msg":"Invalid topic: invalid.topic.BTCUSDT","conn_id":"c","op":"subscribe"}':
      'nack Invalid topic: invalid.topic.BTCUSDT',
    '{"success":true,"ret_msg":"pong","conn_id":"c","op":"ping"}': 'heartbeat',
    '{"topic":"orderbook.1.BTCUSDT","data":{}}': 'other orderbook',
  });
});

test('Bitstamp, Bitfinex, BitMEX and Hyperliquid', () => {
  assertSays(venues.bitstamp, {
    '{"event":"bts:subscription_succeeded","channel":"live_trades_btcusd","data":{}}': 'ack btcusd',
    '{"event":"bts:error","channel":"","data":{"code":null,"message":"Incorrect JSON format."}}':
      'nack Incorrect JSON format.',
    '{"event":"bts:request_reconnect","channel":"","data":""}': 'reconnect bts:request_reconnect',
    '{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}': 'heartbeat',
    '{"event":"data","channel":"order_book_btcusd","data":{}}': 'other data',
  });
  assertSays(venues.bitfinex, {
    '{"event":"info","code":20051,"msg":"Stopping"}': 'reconnect 20051',
    '{"event":"info","code":20060}': 'state false 20060',
    '{"event":"info","code":20061}': 'state true 20061',
    '{"event":"subscribed","channel":"trades","chanId":89,"symbol":"tBTCUSD","pair":"BTCUSD"}': 'ack tBTCUSD',
    '{"event":"error","msg":"symbol: invalid","code":10300}': 'nack symbol: invalid',
    '[89,"hb"]': 'heartbeat',
    '[7,[[10087.9,2,0.5]],3]': 'other another channel',
  });
  assertSays(venues.bitmex, {
    '{"success":true,"subscribe":"trade:XBTUSD","request":{}}': 'ack XBTUSD',
    '{"status":400,"error":"Unknown or expired symbol.","meta":{},"request":{}}': 'nack Unknown or expired symbol.',
    pong: 'heartbeat',
    '{"table":"trade","action":"insert","data":[{"symbol":".BXBT","size":0,"price":1,"trdMatchID":"0","trdType":"Referential"}]}':
      'leftOut .BXBT 0 reference price, trades false',
  });
  assertSays(venues.hyperliquid, {
    '{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{"type":"trades","coin":"BTC"}}}':
      'ack BTC',
    '{"channel":"error","data":"Invalid subscription"}': 'nack Invalid subscription',
    '{"channel":"pong"}': 'heartbeat',
  });
});

test('what is from before the subscription may repeat', () => {
  const repeats = (venue: Venue, ...texts: string[]): boolean[] => {
    const decode = createDecoder(venue.messages);
    return texts.flatMap((text) => decode(text).flatMap((one) => (one.kind === 'trades' ? [one.mayRepeat] : [])));
  };
  const kraken = (type: string): string =>
    `{"channel":"trade","type":"${type}","data":[{"symbol":"BTC/USD","side":"buy","price":100.1,"qty":0.25,"trade_id":122,"timestamp":"2026-07-10T00:00:00.023456Z"}]}`;
  assert.deepEqual(repeats(venues.kraken, kraken('snapshot'), kraken('update')), [true, false]);
  const coinbase = (type: string): string =>
    `{"type":"${type}","trade_id":216544,"side":"buy","size":"0.97","price":"4.97","product_id":"ETC-GBP","time":"2019-08-01T00:00:03.816000Z"}`;
  assert.deepEqual(repeats(venues.coinbase, coinbase('last_match'), coinbase('match')), [true, false]);
  const bitfinex = [
    '{"event":"subscribed","channel":"trades","chanId":89,"symbol":"tBTCUSD","pair":"BTCUSD"}',
    '[89,[[382489562,1564617600708,-0.5,10087.9]],1]',
    '[89,"te",[382489563,1564617600709,0.00705845,10087.98969503],18,1564617600784]',
  ];
  assert.deepEqual(repeats(venues.bitfinex, ...bitfinex), [true, false]);
});

test('a trade far from its arrival is refused, but an old one among those that may repeat', () => {
  const message = (time: number): string => `{"e":"trade","s":"A","t":1,"p":"1","q":"1","T":${time},"m":true}`;
  const decode = createDecoder(venues.binanceSpot.messages);
  const at = 1_723_161_255_342;
  const kinds = [0, 10_000, 10_001, -86_400_000, -86_400_001].map(
    (late) => decode(message(at + late), at * 1000)[0].kind,
  );
  assert.deepEqual(kinds, ['trades', 'trades', 'unknown', 'trades', 'unknown']);
  assert.equal(decode(message(at + 10_001))[0].kind, 'trades');
  const old =
    '{"type":"last_match","trade_id":1,"side":"buy","size":"1","price":"1","product_id":"A-B","time":"2019-08-01T00:00:03Z"}';
  assert.equal(createDecoder(venues.coinbase.messages)(old, at * 1000)[0].kind, 'trades');
});

test('subscriptions', () => {
  const texts = (venue: Venue, ...symbols: string[]): readonly string[] => venue.stream?.subscribe(symbols) ?? [];
  assert.deepEqual(texts(venues.binanceSpot, 'BTCUSDT'), ['{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}']);
  assert.deepEqual(texts(venues.binanceUsdm, 'BTCUSDT'), ['{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}']);
  assert.deepEqual(texts(venues.coinbase, 'BTC-USD'), [
    '{"type":"subscribe","product_ids":["BTC-USD"],"channels":["matches","heartbeat"]}',
  ]);
  assert.deepEqual(texts(venues.kraken, 'BTC/USD'), [
    '{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD"],"snapshot":true}}',
  ]);
  assert.deepEqual(texts(venues.okx, 'BTC-USDT'), [
    '{"op":"subscribe","args":[{"channel":"trades-all","instId":"BTC-USDT"}]}',
  ]);
  assert.deepEqual(texts(venues.bitstamp, 'btcusd'), [
    '{"event":"bts:subscribe","data":{"channel":"live_trades_btcusd"}}',
  ]);
  assert.deepEqual(texts(venues.deribit, 'BTC-PERPETUAL'), [
    '{"jsonrpc":"2.0","id":1,"method":"public/set_heartbeat","params":{"interval":10}}',
    '{"jsonrpc":"2.0","id":3,"method":"public/subscribe","params":{"channels":["trades.BTC-PERPETUAL.100ms"]}}',
  ]);
  const eleven = Array.from({ length: 11 }, (_, k) => `S${k}`);
  const sent = texts(venues.bybit, ...eleven).map((text) => (JSON.parse(text) as { args: string[] }).args);
  assert.deepEqual(
    sent.map(({ length }) => length),
    [10, 1],
  );
  assert.deepEqual(
    sent.flat(),
    eleven.map((name) => `publicTrade.${name}`),
  );
});
