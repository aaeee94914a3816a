import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FAULTS,
  messageOf,
  recordsOf,
  runByChance,
  runEveryFault,
  SCHEMA,
  smallChain,
} from '../../../../../test/simulated-log.ts';

import { placeOf } from './place.ts';
import { createShard } from './shard.ts';

test('every fault at every step of a small run, alone and before others: no row is lost, changed, or behind a snapshot', async () => {
  // test/long has every pair.
  const { runs, fired, repeated } = await runEveryFault(29);
  assert.ok(runs > 1500, `${runs} runs`);
  assert.ok(repeated > 500, `${repeated} rows were written again`);
  for (const fault of FAULTS) assert.ok(fired[fault] > 60, `${fault}: ${fired[fault]} times`);
});

test('long runs, in any order and with faults by chance', async () => {
  const { fired, seen } = await runByChance(12);
  for (const fault of FAULTS) assert.ok(fired[fault] > 10, `${fault}: ${fired[fault]} times`);
  assert.ok(seen.rows > 6000 && seen.repeated > 200 && seen.owners > 60 && seen.snapshots > 1000, JSON.stringify(seen));
});

test('a missing event halts its chain by name, others go on, and a new epoch begins it anew', async () => {
  const open = () => smallChain();
  const shard = createShard({ where: 'events-0', schemaId: SCHEMA, open, place: placeOf([], 0), from: 0 });
  const batches = [messageOf('A', 0, 3), messageOf('A', 5, 2), messageOf('B', 0, 2), messageOf('A', 7, 1)];
  const records = recordsOf([...batches, messageOf('A', 0, 4, 1), messageOf('B', 2, 1)]);
  for (const record of records.slice(0, 4)) await shard.take(record);
  assert.equal(shard.counts().events, 5);
  const [{ chain, reason }, ...others] = shard.halted();
  assert.deepEqual([chain, others.length], ['A', 0]);
  assert.match(
    reason.message,
    /events-0 at 1: expected the event of A after 3 of epoch 0, found the one after 5: 2 are missing/,
  );
  for (const record of records.slice(4)) await shard.take(record);
  assert.deepEqual(shard.halted(), []);
  assert.equal(shard.counts().events, 10);
});
