import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from './canonical.ts';
import { createSchema } from './schema.ts';
import { createSnapshotReader, createSnapshotWriter } from './snapshot.ts';

const schema = createSchema(['a chain', 'of one operator']);

/** A state of three doubles, the first a NaN of these upper bits. */
function snapshotWith(upper: number): Uint8Array {
  return createSnapshotWriter(schema, 'of BTCUSDT').write(3, Uint32Array.of(0xffffffff, 0x7ff80001), (into) => {
    wordsOf(into)[1] = upper;
    into[1] = -0;
    into[2] = 1.5;
  });
}

test('a snapshot has the same bytes whatever NaN the processor makes: arm64 and x64 differ in its sign', () => {
  assert.deepEqual(snapshotWith(0xfff80000), snapshotWith(0x7ff80000));
  assert.deepEqual(snapshotWith(0x7ff80001), snapshotWith(0x7ff80000));
});

test('the sign of zero survives a snapshot: what is computed from it next may show it', () => {
  const { doubles, words, beside } = createSnapshotReader(schema).read(snapshotWith(0xfff80000));
  const [nan, zero, value] = doubles;
  assert.equal(beside, 'of BTCUSDT');
  assert.deepEqual([...words], [0xffffffff, 0x7ff80001], 'words keep every bit');
  assert.deepEqual([nan, Object.is(zero, -0), value], [NaN, true, 1.5]);
});

test('a damaged byte anywhere is refused', () => {
  const sound = snapshotWith(0x7ff80000);
  for (let i = 0; i < sound.length; i++) {
    const damaged = Uint8Array.from(sound);
    damaged[i] ^= 0x10;
    assert.throws(() => createSnapshotReader(schema).read(damaged), { name: 'MinotaurError' }, `byte ${i}`);
  }
});

test('a snapshot of another schema is refused by the first line that differs, be it longer, shorter or other', () => {
  const others = [['a chain'], ['a chain', 'of one operator', 'and another'], ['a chain', 'of one operatox']];
  for (const lines of others) {
    const bytes = createSnapshotWriter(createSchema(lines), 'of BTCUSDT').write(0, new Uint32Array(0), () => {});
    assert.throws(
      () => createSnapshotReader(schema).read(bytes),
      { kind: 'state', message: /schema line [23]/ },
      lines.join(),
    );
  }
});

test('a snapshot is written over one that is as long, wherever that lies, and over no other', () => {
  const writer = createSnapshotWriter(schema, 'of BTCUSDT');
  const write = (value: number, over?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
    writer.write(2, Uint32Array.of(7), (into) => into.fill(value), over);
  const expected = write(3);
  const room = new Uint8Array(expected.length + 16).fill(255);
  const inside = room.subarray(8, 8 + expected.length);
  assert.equal(write(3, inside), inside);
  assert.deepEqual(inside, expected);
  assert.deepEqual([room[7], room[8 + expected.length]], [255, 255], 'nothing beside it');
  for (const other of [room, room.subarray(1, 1 + expected.length)]) {
    const before = Uint8Array.from(other);
    assert.deepEqual(write(3, other), expected);
    assert.deepEqual(other, before);
  }
  const numbers = new Float64Array(expected.length) as unknown as Uint8Array<ArrayBuffer>;
  assert.deepEqual(write(3, numbers), expected, 'as many elements, of another kind');
});

test('states of one head after the other are each held against their own check sum', () => {
  const reader = createSnapshotReader(schema);
  const write = (beside: string, value: number): Uint8Array<ArrayBuffer> =>
    createSnapshotWriter(schema, beside).write(2, Uint32Array.of(7), (into) => into.fill(value));
  for (const [beside, value] of [
    ['of BTCUSDT', 1],
    ['of BTCUSDT', 2],
    ['of ETHUSDT', 3],
    ['of BTCUSDT', 4],
  ] as const) {
    const bytes = write(beside, value);
    const found = reader.read(bytes);
    assert.deepEqual([found.beside, ...found.doubles, ...found.words], [beside, value, value, 7]);
    for (let i = 0; i < bytes.length; i++) {
      const damaged = Uint8Array.from(bytes);
      damaged[i] ^= 0x10;
      assert.throws(() => reader.read(damaged), { name: 'MinotaurError' }, `byte ${i}`);
    }
  }
});

test('a state is read wherever its bytes lie', () => {
  const bytes = snapshotWith(0x7ff80000);
  const room = new Uint8Array(bytes.length + 3);
  room.set(bytes, 3);
  assert.deepEqual(createSnapshotReader(schema).read(room.subarray(3)), createSnapshotReader(schema).read(bytes));
});
