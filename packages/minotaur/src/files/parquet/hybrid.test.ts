/** Numbers packed by hand, by the words of the format's specification. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areOnes, unpack } from './hybrid.ts';

/** `numbers`, a multiple of eight of them, as one packed run. */
function packed(numbers: readonly number[], width: number): number[] {
  const bits = numbers.flatMap((number) => Array.from({ length: width }, (_, k) => (number >> k) & 1));
  const bytes = Array.from({ length: bits.length / 8 }, (_, b) =>
    bits.slice(8 * b, 8 * b + 8).reduce((byte, bit, k) => byte | (bit << k), 0),
  );
  return [((numbers.length / 8) << 1) | 1, ...bytes];
}

void test('runs and packed groups of every width, one behind the other', () => {
  for (let width = 1; width <= 24; width++) {
    const numbers = Array.from({ length: 16 }, (_, i) => (i * 2_654_435 + 77) & ((1 << width) - 1));
    const one = numbers[3];
    const run = [5 << 1, ...[one, one >> 8, one >> 16].slice(0, Math.ceil(width / 8))];
    const bytes = Uint8Array.from([...packed(numbers, width), ...run, ...packed(numbers, width)]);
    const into = new Int32Array(16 + 5 + 11);
    unpack(bytes, { from: 0, width, count: into.length }, into);
    assert.deepEqual([...into], [...numbers, one, one, one, one, one, ...numbers.slice(0, 11)]);
    assert.throws(() => unpack(bytes.subarray(0, -2), { from: 0, width, count: 37 }, new Int32Array(37)), /an end/);
  }
  assert.throws(
    () => unpack(Uint8Array.of(5 << 1, 2), { from: 0, width: 1, count: 5 }, new Int8Array(5)),
    /more than 1 bits/,
  );
  const none = new Int32Array(3).fill(9);
  unpack(new Uint8Array(0), { from: 0, width: 0, count: 3 }, none);
  assert.deepEqual([...none], [0, 0, 0]);
});

void test('a value in every row, or not', () => {
  const ones = Array.from({ length: 16 }, () => 1);
  const bytes = Uint8Array.from([9 << 1, 1, ...packed(ones, 1)]);
  assert.equal(areOnes(bytes, 25), true);
  assert.equal(areOnes(Uint8Array.from([9 << 1, 0, ...packed(ones, 1)]), 25), false);
  for (let i = 0; i < 16; i++) {
    const some = Uint8Array.from([9 << 1, 1, ...packed(ones.with(i, 0), 1)]);
    assert.equal(areOnes(some, 25), false);
    // What is behind the last value is padding.
    assert.equal(areOnes(some, 9 + i), true);
  }
});
