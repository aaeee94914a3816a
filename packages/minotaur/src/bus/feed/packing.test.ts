import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPacking } from './packing.ts';

test('what cannot be read is sent by itself, and not with all that a broker answered', async () => {
  const answer = Buffer.alloc(1 << 16, 7);
  const sent: ArrayBufferLike[] = [];
  const packing = createPacking('events-0', ({ records }) => {
    for (const { value } of records) if (value instanceof Uint8Array) sent.push(value.buffer);
  });
  await packing.add({ offset: 0, key: 'A', value: answer.subarray(100, 150) });
  packing.end();
  assert.deepEqual(
    sent.map((memory) => memory.byteLength),
    [50],
  );
});
