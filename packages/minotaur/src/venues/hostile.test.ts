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
import { ANNOUNCED, SAMPLES } from './samples.ts';

const ALL: readonly Messages[] = [...new Set(Object.values(venues).map(({ messages }: Venue) => messages))];

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

test('faults 28, 44: texts that are no trade, whatever they pretend', () => {
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
