import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compareIds, hasId, idAt, idNumber, idText, setId, setIdBytes, type TradeId } from './id.ts';

const wordsOf = (id: TradeId | undefined): Uint32Array => {
  const words = new Uint32Array(8);
  setId(words, 1, id);
  assert.deepEqual([...words.subarray(0, 4)], [0, 0, 0, 0], 'the id before');
  return words.slice(4);
};

const bytesOf = (text: string): Uint32Array => {
  const words = new Uint32Array(4);
  const bytes = new TextEncoder().encode(`x${text}y`);
  setIdBytes(words, 0, bytes, 1, bytes.length - 1);
  return words;
};

test('a number below 2^64 is the same id as number, bigint, text and bytes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (id) => {
      const words = wordsOf(id);
      assert.deepEqual([...words], [Number(id & 0xffffffffn), Number(id >> 32n), 0, 0]);
      assert.deepEqual(wordsOf(String(id)), words);
      assert.deepEqual(bytesOf(String(id)), words);
      assert.equal(idText(words, 0), String(id));
      if (id < 2n ** 53n) assert.deepEqual(wordsOf(Number(id)), words);
      assert.equal(idNumber(words, 0), id < 2n ** 53n ? Number(id) : NaN);
    }),
  );
});

test('a UUID is its bits, other text the start of its SHA-256, nothing four words of ones', () => {
  const uuid = '4c7b6bdc-b4a3-5716-9c7b-bbe01dc7072f';
  assert.deepEqual([...wordsOf(uuid)], [0x4c7b6bdc, 0xb4a35716, 0x9c7bbbe0, 0x1dc7072f]);
  assert.deepEqual(wordsOf(uuid.toUpperCase()), wordsOf(uuid));
  assert.equal(idAt(wordsOf(uuid), 0), uuid);
  assert.deepEqual([...wordsOf('abc')], [0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223]);
  assert.deepEqual(bytesOf('ETH-284830839'), wordsOf('ETH-284830839'));
  assert.deepEqual(bytesOf('18446744073709551616'), wordsOf('18446744073709551616'));
  assert.notEqual(wordsOf('18446744073709551616')[2], 0);
  for (const none of [undefined, NaN, '']) {
    assert.deepEqual([...wordsOf(none)], Array(4).fill(0xffffffff));
    assert.deepEqual(
      [hasId(wordsOf(none), 0), idAt(wordsOf(none), 0), idText(wordsOf(none), 0)],
      [false, undefined, 'none'],
    );
  }
  assert.ok(hasId(wordsOf(0), 0));
});

test('a number that names no id exactly is refused', () => {
  for (const id of [-1, 1.5, 2 ** 53, Infinity, -1n, 2n ** 64n])
    assert.throws(() => wordsOf(id), { name: 'MinotaurError' }, String(id));
});

test('numbers order as numbers', () => {
  const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  fc.assert(
    fc.property(number, number, (a, b) => {
      assert.equal(Math.sign(compareIds(wordsOf(a), 0, wordsOf(b), 0)), a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
