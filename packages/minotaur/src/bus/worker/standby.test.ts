import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { memoryLog, type MemoryLog } from '../../../../../test/memory-log.ts';
import { messageOf, SCHEMA } from '../../../../../test/simulated-log.ts';
import { digestAfter } from '../codec/rows.ts';
import { encodeSnapshot } from '../codec/snapshots.ts';
import { readPlace } from './restoring.ts';
import { createStandby } from './standby.ts';

const { signal } = new AbortController();

/** A snapshot of a chain after so many events. */
function write(log: MemoryLog, chain: string, events: number, covered: number, floor: number): Promise<unknown> {
  const of = { schemaId: SCHEMA, chain, epoch: messageOf(chain, 0, 1).epoch, first: events };
  const state = { engine: Uint8Array.of(events), predictor: new Uint8Array(0), digest: digestAfter([], undefined) };
  const value = encodeSnapshot({ ...of, ...state, events, offset: 10 * events, covered, floor });
  return log.write(0, [{ topic: 'snapshots', key: chain, value }], signal);
}

/** A log whose reads of snapshots are counted, in messages. */
function counted() {
  const log = memoryLog(2);
  const { read } = log;
  const seen = { messages: 0 };
  log.read = async function* (topic, partition, from, until) {
    for await (const batch of read(topic, partition, from, until)) {
      if (topic === 'snapshots') seen.messages += batch.records.length;
      yield batch;
    }
  };
  return { log, seen };
}

test('what is kept is what would be read, and nothing of it is read again', async () => {
  const { log, seen } = counted();
  await write(log, 'A', 1, 0, 0);
  await write(log, 'B', 2, 5, 0);
  const standby = createStandby(log);
  standby.keep([0]);
  assert.equal(standby.take(1, signal), undefined);
  while (standby.bytes < 2) await setTimeout(1);
  const read = seen.messages;
  // The newest is not the furthest, and not the one that covers most.
  await write(log, 'A', 7, 20, 0);
  await write(log, 'B', 9, 12, 1);
  await write(log, 'A', 3, 1, 0);
  while (seen.messages < read + 3) await setTimeout(1);
  await setTimeout(1);
  assert.equal(standby.bytes, 2);
  const expected = await readPlace(log, 0, signal);
  const before = seen.messages;
  const place = await standby.take(0, signal);
  assert.equal(seen.messages, before);
  assert.deepEqual(place, expected);
  assert.deepEqual([place?.from, place?.chains.get('A')?.events, place?.chains.get('B')?.events], [20, 7, 9]);
  assert.equal(standby.take(0, signal), undefined);
  await standby.stop();
});

test('what came between the last look and the taking over is read', async () => {
  const log = memoryLog();
  await write(log, 'A', 1, 0, 0);
  const standby = createStandby(log);
  standby.keep([0]);
  while (standby.bytes === 0) await setTimeout(1);
  const taken = standby.take(0, signal);
  await write(log, 'A', 4, 2, 0);
  assert.equal((await taken)?.chains.get('A')?.events, 4);
});
