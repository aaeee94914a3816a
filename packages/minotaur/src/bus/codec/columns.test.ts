import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ID_WORDS, setIdNumbers } from 'minotaur-core/internal/trades/id';
import { createByteReader, createByteWriter, type ByteReader } from './bytes.ts';
import { createColumnMemory, readColumn, writeColumn } from './columns.ts';
import { columnRoom } from './room.ts';

const bits = (values: Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();

/** Doubles as feeds have them: decimals, whole numbers, and anything at all. */
const double = fc.oneof(
  fc.double(),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 100),
  fc.integer({ min: 1.7e15, max: 1.8e15 }),
  fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 2 ** 51, 2 ** 53, -(2 ** 51), 5e-324, 0.1, 1e22),
);

test('a column has the bits that were written, whatever they are', () => {
  // Decimals, units of thousands, numbers of seven bytes, and columns whose bytes are nearly all the same.
  const whole = fc.oneof(fc.integer(), fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), fc.constantFrom(0, 1, 300));
  const scaled = fc.tuple(fc.array(whole), fc.constantFrom(1, 1000, 1e6)).map(([list, by]) => list.map((n) => n * by));
  const column = fc.oneof(
    fc.array(double, { maxLength: 50 }),
    fc.array(fc.integer().map((n) => n / 1000)),
    scaled,
    fc.array(fc.constantFrom(7, 7, 7, 7, 7, 7, 70_000), { minLength: 20, maxLength: 100 }),
  );
  fc.assert(
    fc.property(column, fc.boolean(), (list, changing) => {
      const values = Float64Array.from(list);
      const writer = createByteWriter(1);
      writeColumn(writer, values, changing);
      const reader = createByteReader(writer.done());
      const read = new Float64Array(values.length);
      assert.equal(readColumn(reader, read, 0, values.length, createColumnMemory()), true);
      assert.equal(reader.left, 0);
      assert.deepEqual(bits(read), bits(values));
    }),
  );
});

/** A column that begins with this byte is a unit, what it begins with, and differences. */
const DIFFERENCES = 3;
const FIRSTS = [0, -0, 0.1, -2.5, 2 ** 52, -(2 ** 52), 2 ** 52 + 1, 2 ** 53, -(2 ** 53), 1e300, NaN, Infinity];

test('loops of vectors read the bits that the plain loops read, and refuse what those refuse', () => {
  const room = columnRoom();
  assert.ok(room !== undefined);
  const outcomeOf = (reader: ByteReader, count: number): unknown => {
    // Behind another and before one more: neither is touched.
    const read = new Float64Array(count + 2);
    try {
      return [readColumn(reader, read, 1, count, createColumnMemory()), bits(read), reader.left];
    } catch (error) {
      assert.ok(error instanceof RangeError);
      return error.message;
    }
  };
  const both = (bytes: Uint8Array, count: number): void => {
    const plain = outcomeOf(createByteReader(bytes), count);
    room.desk.bytes.set(bytes);
    room.desk.reader.begin(bytes.length);
    assert.deepEqual(outcomeOf(room.desk.reader, count), plain);
  };
  // Numbers of one to seven bytes, whose bytes are mostly the same.
  const number = fc.oneof(fc.nat(300), fc.integer(), fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), fc.constant(7));
  const column = fc.tuple(fc.array(number, { maxLength: 90 }), fc.nat(90), fc.constantFrom(1, 1000, 1e-2));
  fc.assert(
    fc.property(column, fc.boolean(), fc.nat(), fc.nat(255), ([list, same, by], changing, place, byte) => {
      const values = Float64Array.from([...Array<number>(same).fill(7), ...list], (value) => value * by);
      const writer = createByteWriter(1);
      writeColumn(writer, values, changing);
      const bytes = writer.done();
      both(bytes, values.length);
      both(bytes.subarray(0, place % bytes.length), values.length);
      // What differences begin with: such as no sum of whole numbers is exact behind, too.
      if (bytes[0] === DIFFERENCES)
        for (const first of FIRSTS) {
          const begun = bytes.slice();
          new DataView(begun.buffer).setFloat64(2, first, true);
          both(begun, values.length);
        }
      // Anything at all in place of what was written: planes of seven bytes are more than a double holds.
      bytes[place % bytes.length] = byte;
      both(bytes, values.length);
    }),
    { numRuns: 1000 },
  );
});

test('ids of whole numbers are the words that the plain loop writes, up to the first that is none', () => {
  const room = columnRoom();
  assert.ok(room !== undefined);
  const odd = [-0, -1, 0.5, 2 ** 52 - 1, 2 ** 52, 2 ** 53 - 1, 2 ** 53, NaN, Infinity, -Infinity, 2 ** 32, 2 ** 64];
  const ids = fc.array(fc.oneof({ weight: 9, arbitrary: fc.maxSafeNat() }, fc.constantFrom(...odd)), { maxLength: 40 });
  fc.assert(
    fc.property(ids, (list) => {
      const words = new Uint32Array(ID_WORDS * list.length);
      const count = setIdNumbers(words, Float64Array.from(list));
      room.numbers.set(list);
      assert.equal(room.vectors.idsOf(room.numbers.byteOffset, room.ids.byteOffset, list.length), count);
      assert.deepEqual(room.ids.slice(0, ID_WORDS * count), words.subarray(0, ID_WORDS * count));
    }),
    { numRuns: 1000 },
  );
});

test('a payload of a NaN survives', () => {
  const values = new Float64Array(new Uint32Array([7, 0x7ff80000, 0, 0x7ff80000]).buffer);
  const writer = createByteWriter();
  writeColumn(writer, values, true);
  const read = new Float64Array(2);
  readColumn(createByteReader(writer.done()), read, 0, 2, createColumnMemory());
  assert.deepEqual(bits(read), bits(values));
});
