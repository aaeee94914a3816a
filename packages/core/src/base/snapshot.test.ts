import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from './canonical.ts';
import { createSchema } from './schema.ts';
import { createSnapshotWriter, readSnapshot } from './snapshot.ts';

const schema = createSchema(['a chain', 'of one operator']);

/** A state of three doubles, the first a NaN of these upper bits. */
function snapshotWith(upper: number): Uint8Array {
  return createSnapshotWriter(schema, 3).write((into) => {
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
  const [nan, zero, value] = readSnapshot(snapshotWith(0xfff80000), schema, 3);
  assert.deepEqual([nan, Object.is(zero, -0), value], [NaN, true, 1.5]);
});

test('a damaged byte anywhere is refused', () => {
  const sound = snapshotWith(0x7ff80000);
  for (let i = 0; i < sound.length; i++) {
    const damaged = Uint8Array.from(sound);
    damaged[i] ^= 0x10;
    assert.throws(() => readSnapshot(damaged, schema, 3), { name: 'MinotaurError' }, `byte ${i}`);
  }
});
