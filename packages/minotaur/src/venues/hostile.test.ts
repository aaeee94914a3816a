/** Whatever a sender does, a decoder answers; and what it calls a trade is one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Decoded, VenueTrade } from './contract/decoded.ts';
import { LONGEST, parseStrict } from './contract/json.ts';
import type { Messages, Venue } from './contract/venue.ts';
import { createDecoder } from './contract/decode.ts';
import { venues } from './exchanges.gen.ts';
import { createLineDecoder } from './recordings.ts';

const ALL: readonly Messages[] = [...new Set(Object.values(venues).map(({ messages }: Venue) => messages))];

/** A message with a trade for each venue; Bitfinex announces its channel first. */
const SAMPLES: readonly string[] = [
  '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}',
  '{"e":"trade","E":1596240000596,"T":1596240000519,"s":"BTCUSDT","t":173525189,"p":"11343.67","q":"0.467","X":"MARKET","m":false}',
  '[{"id":1111471896,"price":"60814.78000000","qty":"0.00034000","quoteQty":"20.67702520","time":1634943219887,"isBuyerMaker":true,"isBestMatch":true}]',
  '{"type":"match","trade_id":216544,"side":"buy","size":"0.97133855","price":"4.97800000","product_id":"ETC-GBP","sequence":253395153,"time":"2019-08-01T00:00:03.816000Z"}',
  '{"channel":"market_trades","events":[{"type":"update","trades":[{"product_id":"BTC-USD","trade_id":"929248657","price":"88355.59","size":"0.00136573","time":"2025-12-31T06:00:12.44524Z","side":"SELL"}]}]}',
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":77313.3,"qty":0.0084064,"trade_id":107612614,"timestamp":"2026-09-13T20:52:59.976634Z"}]}',
  '[170,[["0.01136500","2.51146536","1561939201.587070","s","l",""]],"trade","LTC/XBT"]',
  '{"error":[],"result":{"XBTUSDT":[["105433.60000","0.00027625",1762795433.9717445,"b","l","",10218208]],"last":"1762820035982277754"}}',
  '{"topic":"publicTrade.BTCUSDT","ts":1680652847526,"type":"snapshot","data":[{"i":"2290000000050703789","T":1680652847524,"p":"28165.38","v":"0.041732","S":"Sell","s":"BTCUSDT","BT":false}]}',
  '{"arg":{"channel":"trades-all","instId":"BSV-USDT"},"data":[{"instId":"BSV-USDT","tradeId":"84834539","px":"42.52","sz":"3.75","side":"buy","ts":"1697760012017"}]}',
  '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[{"timestamp":1765531356452,"price":92294.5,"amount":10.0,"direction":"sell","instrument_name":"BTC-PERPETUAL","trade_seq":271252854}]}}',
  '{"data":{"microtimestamp":"1569888000557673","amount_str":"0.02834000","price_str":"8304.47","type":0,"id":98000129},"event":"trade","channel":"live_trades_btcusd"}',
  '[89,"te",[382489563,1564617600709,0.00705845,10087.98969503],18,1564617600784]',
  '{"table":"trade","action":"insert","data":[{"timestamp":"2021-07-22T22:36:10.014Z","symbol":"UNIUSDT","side":"Buy","size":52,"price":17.297,"trdMatchID":"39744121-c20e-44ba-8cc8-a6b8cdf72885"}]}',
  '{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"105056.0","sz":"0.00219","time":1737918794873,"tid":121451470284048,"users":["0x0","0x0"]}]}',
];
const ANNOUNCED = '{"event":"subscribed","channel":"trades","chanId":89,"symbol":"tBTCUSD","pair":"BTCUSD"}';

function decodeAll(text: string): Decoded[] {
  return ALL.flatMap((messages) => {
    const decode = createLineDecoder(messages);
    if (messages.name === 'bitfinex') decode(ANNOUNCED);
    return decode(text);
  });
}

const tradesOf = (decoded: readonly Decoded[]): VenueTrade[] =>
  decoded.flatMap((one) => (one.kind === 'trades' ? one.trades : []));

function assertTrade({ symbol, id, time, price, quantity, buyerMaker }: VenueTrade, text: string): void {
  assert.ok(price > 0 && price < Infinity && quantity > 0 && quantity < Infinity, text);
  assert.ok(Number.isSafeInteger(time) && time >= 946_684_800_000_000 && time < 4_102_444_800_000_000, text);
  assert.equal(typeof buyerMaker, 'boolean', text);
  if (symbol !== undefined) assert.match(symbol, /^[^\s\p{C}]{1,64}$/u, text);
  if (typeof id === 'number') assert.ok(Number.isSafeInteger(id) && id >= 0, text);
  if (typeof id === 'bigint') assert.ok(id >= 2n ** 53n && id < 2n ** 64n, text);
}

test('every sample is a trade of one venue', () => {
  for (const text of SAMPLES) assert.equal(tradesOf(decodeAll(text)).length, 1, text);
});

test('texts that are no trade, whatever they pretend', () => {
  const trade = (fields: string): string => `{"e":"trade","s":"A","t":1,"T":1723161255342,"m":true,${fields}}`;
  assert.equal(tradesOf(decodeAll(trade('"p":"1","q":"1"'))).length, 1);
  const hostile = [
    ...['NaN', '-1', '0', '1e400', '0e9', '1e-400', '', ' 1', '0x10', 'Infinity', '1,5', '1_000', 'null'].flatMap(
      (number) => [trade(`"p":"${number}","q":"1"`), trade(`"p":"1","q":"${number}"`)],
    ),
    trade('"p":-1,"q":1'),
    trade('"p":1e400,"q":1'),
    trade('"p":null,"q":1'),
    trade('"p":[1],"q":1'),
    trade('"p":{"valueOf":1},"q":1'),
    trade('"p":"1","q":"1","p":"2"'),
    trade('"p":"1","q":"1","__proto__":{"p":"1"}'),
    trade('"p":"1","q":"1","\\u005f_proto__":1'),
    trade('"p":"1","q":"1","constructor":1'),
    trade('"p":"1","q":"1","toString":1'),
    trade('"p":"1","q":"1\n"'),
    trade('"p":"1","q":"1","x":"\u0000"'),
    trade('"p":"1","q":"1"').replace('"A"', '"A\\u0007"'),
    trade('"p":"1","q":"1"').replace('"A"', '"A B"'),
    trade('"p":"1","q":"1"').replace('"A"', '""'),
    trade('"p":"1","q":"1"').replace('"A"', `"${'A'.repeat(65)}"`),
    trade('"p":"1","q":"1"').replace('"t":1', '"t":-1'),
    trade('"p":"1","q":"1"').replace('"t":1', '"t":1.5'),
    trade('"p":"1","q":"1"').replace('"t":1', '"t":18446744073709551616'),
    trade('"p":"1","q":"1"').replace('1723161255342', '1723161255'),
    trade('"p":"1","q":"1"').replace('1723161255342', '1723161255342.5'),
    trade('"p":"1","q":"1"').replace('true', '"true"'),
    `{"p":"1",${trade('"p":"1","q":"1"')}`,
    `${trade('"p":"1","q":"1"')}}`,
    `${trade('"p":"1","q":"1"')},`,
    '['.repeat(100_000),
    '{"a":'.repeat(100_000),
    `{"e":"trade","data":${'['.repeat(33)}${']'.repeat(33)}}`,
    '',
    ' ',
    '\uD800',
    'null',
    '01',
    '+1',
    '.5',
    '"',
    '"\\',
    '{',
    '{"a"}',
    '{"a":1,}',
    '[1,]',
    'tru',
    '[1 2]',
  ];
  for (const text of hostile) {
    const decoded = decodeAll(text);
    assert.deepEqual(tradesOf(decoded), [], text.slice(0, 200));
    for (const one of decoded) {
      if (one.kind !== 'unknown') continue;
      assert.ok(one.expected.length > 0 && one.found.length < 200, text.slice(0, 200));
      // eslint-disable-next-line no-control-regex -- what is shown to a person has none
      assert.doesNotMatch(one.found + one.where, /[\u0000-\u001f]/, text.slice(0, 200));
    }
  }
  assert.equal(Object.hasOwn(Object.prototype, 'p'), false);
});

test('a message that is too long, before it is read', () => {
  const [one] = createDecoder(venues.binanceSpot.messages)(`"${' '.repeat(LONGEST)}"`);
  assert.deepEqual(one, {
    kind: 'unknown',
    where: 'message',
    expected: `at most ${LONGEST} characters`,
    found: `${LONGEST + 2}`,
  });
});

test('many keys, elements and backslashes take no longer than their length', () => {
  const begin = performance.now();
  parseStrict(`{${Array.from({ length: 200_000 }, (_, k) => `"k${k}":${k}`).join(',')}}`);
  parseStrict(`["${'\\\\'.repeat(500_000)}"]`);
  assert.ok(performance.now() - begin < 10_000);
});

test('what JSON.parse reads is read alike, numbers as their text', () => {
  const names = fc.string({ unit: 'grapheme' }).filter((key) => !(key in {}));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(value, fc.boolean(), (one, pretty) => {
      assert.deepEqual(parseStrict(JSON.stringify(one, null, pretty ? 1 : 0)), one);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = JSON.stringify(number);
      assert.equal(parseStrict(text), text);
    }),
  );
});

test('a text is refused where JSON.parse refuses it, and else read or refused by a rule', () => {
  const broken = fc.tuple(
    fc.constantFrom(...SAMPLES),
    fc.nat(),
    fc.nat(8),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(broken, ([sample, at, cut, put]) => {
      const from = at % sample.length;
      const text = sample.slice(0, from) + put + sample.slice(from + cut);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      let isRead = true;
      try {
        parseStrict(text);
      } catch (error) {
        assert.ok(error instanceof MinotaurError);
        isRead = false;
      }
      if (!isJson) assert.equal(isRead, false, text);
    }),
    { numRuns: 2000 },
  );
});

const VALUES = [
  'NaN',
  '-1',
  '0',
  '1e400',
  '"-0.5"',
  '"0"',
  '""',
  'null',
  'true',
  '[]',
  '{}',
  '"1e-7"',
  '99999999999999999999',
];

test('mutated messages: no throw, and no trade without a price, a quantity, a time and a side', () => {
  const cut = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(), fc.nat(6), fc.string({ unit: 'binary-ascii', maxLength: 4 }))
    .map(([sample, at, length, put]) => {
      const from = at % sample.length;
      return sample.slice(0, from) + put + sample.slice(from + length);
    });
  const swapped = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(), fc.constantFrom(...VALUES))
    .map(([sample, which, value]) => {
      const found = [...sample.matchAll(/(?<=[:[,])("[^"]*"|-?[\d.]+|true|false)(?=[,}\]])/g)];
      const { index, 0: old } = found[which % found.length];
      return sample.slice(0, index) + value + sample.slice(index + old.length);
    });
  const joined = fc.tuple(fc.constantFrom(...SAMPLES), fc.constantFrom(...SAMPLES)).map(([a, b]) => a + b);
  fc.assert(
    fc.property(fc.oneof(cut, swapped, joined, fc.string(), fc.json()), (text) => {
      for (const trade of tradesOf(decodeAll(text))) assertTrade(trade, text);
    }),
    { numRuns: 2000 },
  );
});

test('prices are the nearest doubles of their text, in any way of writing it', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 20n }),
      fc.integer({ min: 0, max: 18 }),
      fc.boolean(),
      (digits, scale, quoted) => {
        const padded = String(digits).padStart(scale + 1, '0');
        const whole = padded.slice(0, padded.length - scale);
        const text = scale === 0 ? whole : `${whole}.${padded.slice(padded.length - scale)}`;
        const written = quoted ? `"${text}"` : text;
        const message = `{"e":"trade","s":"A","t":1,"T":1723161255342,"m":true,"p":${written},"q":"1"}`;
        assert.equal(tradesOf(createDecoder(venues.binanceSpot.messages)(message))[0].price, Number(text));
      },
    ),
  );
});
