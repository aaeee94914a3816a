import assert from 'node:assert/strict';
import { test } from 'node:test';
import { murmur2, partitionOf, topicsOf } from './topics.ts';

test('the hash is that of Kafka (its UtilsTest)', () => {
  const known = {
    '21': -973932308,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
    abc: 479470107,
  };
  for (const [text, hash] of Object.entries(known)) assert.equal(murmur2(new TextEncoder().encode(text)), hash, text);
});

test('chains are spread over partitions, and another schema has other topics', () => {
  const used = new Set(Array.from({ length: 200 }, (_, i) => partitionOf(`SYM${i}USDT`, 16)));
  assert.equal(used.size, 16);
  const one = topicsOf('desk', 'a'.repeat(64));
  const other = topicsOf('desk', 'b'.repeat(64));
  assert.equal(one.events, other.events);
  assert.notEqual(one.rows, other.rows);
  assert.equal(one.snapshots, 'desk.snapshots.aaaaaaaaaaaa');
});
