import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail } from 'minotaur-core/internal/base/errors';
import {
  FAULTS,
  messageOf,
  recordsOf,
  runByChance,
  runEveryFault,
  SCHEMA,
  smallChain,
} from '../../../../../test/simulated-log.ts';

import { sealed } from '../codec/envelope.ts';
import { digestAfter } from '../codec/rows.ts';
import { decodeSnapshot, encodeSnapshot } from '../codec/snapshots.ts';
import { placeOf, requireUncut, type FoundSnapshot } from './place.ts';
import { createShard, type Shard } from './shard.ts';

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

/** Writes all that is to be written; snapshots stand behind those that there were. */
function writeAll(shard: Shard, stored: FoundSnapshot[]): void {
  while (shard.nextRows() !== undefined) shard.rowsWritten();
  for (let next = shard.nextSnapshots(); next !== undefined; next = shard.nextSnapshots()) {
    const own = next.messages.map(({ value }, i) => ({
      ...decodeSnapshot(sealed(value), 'test'),
      at: stored.length + i,
    }));
    stored.push(...own);
    shard.snapshotsWritten(own.map(({ at }) => at));
  }
}

test('a chain that takes no more does not keep what others are done with from being cut off, and halts again', async () => {
  const open = (_name: string, _epoch: number, state: { engine: Uint8Array } | undefined) => smallChain(state?.engine);
  const batches = [messageOf('A', 0, 3), messageOf('B', 0, 2), messageOf('A', 5, 2), messageOf('B', 2, 4)];
  const records = recordsOf([...batches, messageOf('A', 7, 1), messageOf('B', 6, 1)]);
  const stored: FoundSnapshot[] = [];
  const told: string[] = [];
  const onHalted = ({ chain, reason }: { chain: string; reason: Error }) => told.push(`${chain}: ${reason.message}`);
  const of = { where: 'events-0', schemaId: SCHEMA, open, onHalted };
  const shard = createShard({ ...of, place: placeOf([], 0), from: 0 });
  for (const record of records.slice(0, 4)) await shard.take(record);
  shard.checkpoint();
  writeAll(shard, stored);
  assert.equal(told.length, 1);
  assert.equal(shard.covered, 4);
  // All that was taken may be cut off now.
  const place = placeOf(stored, stored.length);
  assert.equal(place.chains.get('A')?.events, 3);
  const next = createShard({ ...of, place, from: requireUncut(place, 4, 'events-0') });
  assert.deepEqual(next.halted(), []);
  for (const record of records.slice(4)) await next.take(record);
  assert.deepEqual(
    next.halted().map(({ chain }) => chain),
    ['A'],
  );
  assert.match(told[1], /^A: events-0 at 4: expected the event of A after 3 of epoch 0, found the one after 7: 4 are/);
  assert.equal(next.counts().events, 1);
});

test('a chain that failed in the midst of an event has no snapshot of where it stands', async () => {
  const open = () => {
    const chain = smallChain();
    const take: typeof chain.take = async (batch, skip) => {
      const taken = await chain.take(batch, skip);
      return batch.first > 0 ? fail('state', 'test', 'all of it', 'half') : taken;
    };
    return { ...chain, take };
  };
  const shard = createShard({ where: 'events-0', schemaId: SCHEMA, open, place: placeOf([], 0), from: 0 });
  const stored: FoundSnapshot[] = [];
  for (const record of recordsOf([messageOf('A', 0, 3), messageOf('A', 3, 2), messageOf('B', 0, 2)]))
    await shard.take(record);
  for (let k = 0; k < 40; k++) {
    shard.checkpoint();
    writeAll(shard, stored);
  }
  assert.equal(shard.halted().length, 1);
  assert.deepEqual([...placeOf(stored, stored.length).chains.keys()], ['B']);
  assert.equal(shard.covered, 0);
});

test('a chain that cannot come into the state that its epoch begins in is said to be halted, and has no snapshot', async () => {
  const none = new Uint8Array(0);
  const place = { events: 0, offset: 0, covered: 0, floor: 0, digest: digestAfter([], undefined) };
  const of = { schemaId: SCHEMA, chain: 'A', epoch: 1, first: 0 };
  const value = encodeSnapshot({ ...of, ...place, engine: Uint8Array.of(1), predictor: none });
  const told: string[] = [];
  const shard = createShard({
    where: 'events-0',
    schemaId: SCHEMA,
    open: (_name, _epoch, state) =>
      state === undefined ? smallChain() : fail('state', 'engine', 'a state of this version', 'another'),
    place: placeOf([], 0),
    from: 0,
    onHalted: ({ chain, reason }) => void told.push(`${chain}: ${reason.message}`),
  });
  await shard.take({ offset: 0, key: 'A', value });
  assert.deepEqual(told, ['A: engine: expected a state of this version, found another']);
  assert.equal(shard.halted().length, 1);
  const stored: FoundSnapshot[] = [];
  for (let k = 0; k < 40; k++) {
    shard.checkpoint();
    writeAll(shard, stored);
  }
  assert.deepEqual([stored.length, shard.covered], [0, 0]);
});
