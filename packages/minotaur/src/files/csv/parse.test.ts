import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { assert as check, property, stringMatching } from 'fast-check';
import { parseCount, parseNumber } from './parse.ts';

const number = (text: string): number => parseNumber(Buffer.from(text), 0, Buffer.byteLength(text));
const count = (text: string, shift: number): number => parseCount(Buffer.from(text), 0, text.length, shift);

test('numbers are those of Number, bit for bit', () => {
  const digits = stringMatching(/^-?[0-9]{1,18}(\.[0-9]{0,20})?(e-?[0-9]{1,2})?$/);
  check(
    property(digits, (text) => assert.ok(Object.is(number(text), Number(text)), text)),
    { numRuns: 20_000 },
  );
  for (const text of [
    '61837.63000000',
    '1236.7526000000000000',
    '0.00000001',
    '-1',
    '3.844E-5',
    ' 5 ',
    '.5',
    '5.',
    '-0',
  ]) {
    assert.ok(Object.is(number(text), Number(text)), text);
  }
});

test('what is no decimal number is NaN', () => {
  for (const text of [
    '',
    ' ',
    '.',
    '-',
    'abc',
    '0x10',
    'Infinity',
    'NaN',
    '1,5',
    '1e',
    '1e999',
    '1 2',
    '--1',
    '1_000',
  ]) {
    assert.ok(Number.isNaN(number(text)), text);
  }
});

test('time counts are cut to whole microseconds on their digits', () => {
  assert.equal(count('1723161255342', 3), 1723161255342000);
  assert.equal(count('1723161255.3429999', 6), 1723161255342999);
  assert.equal(count('1723161255342.5', 3), 1723161255342500);
  assert.equal(count('1723161254087896999', -3), 1723161254087896);
  assert.equal(count(' 1723161255342 ', 3), 1723161255342000);
  for (const text of ['', 'x', '17x', '1.7.2']) assert.ok(Number.isNaN(count(text, 3)), text);
});

test('ISO times: UTC unless they name a zone, dates that do not exist refused', () => {
  assert.equal(parseIso('2023-09-05T16:00:01.281719Z'), 1693929601281719);
  assert.equal(parseIso('2023-09-05 16:00:01.2817199'), 1693929601281719);
  assert.equal(parseIso('2023-09-05 18:00:01+02:00'), parseIso('2023-09-05T16:00:01Z'));
  assert.equal(parseIso('2023-09-05'), 1693872000000000);
  for (const text of ['2023-02-30', '2023-13-01', '2023-09-05T24:00:00', 'yesterday'])
    assert.ok(Number.isNaN(parseIso(text)), text);
});
