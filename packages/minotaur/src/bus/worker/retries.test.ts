import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail } from 'minotaur-core/internal/base/errors';
import { memoryLog } from '../../../../../test/memory-log.ts';
import { messageOf, recordsOf, SCHEMA, smallChain } from '../../../../../test/simulated-log.ts';
import { decodeRows } from '../codec/rows.ts';
import { createRowReader } from '../recovery/reader.ts';
import type { Chains } from './chains.ts';
import { createRetries, MOST_TRIES } from './retries.ts';
import { startWorker } from './worker.ts';

test('tries come later each time, begin anew where one came further, and end where none does', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const begun: number[] = [];
  const notes: string[] = [];
  const retries = createRetries(
    (partition) => begun.push(partition),
    (words) => notes.push(words),
  );
  const fails = (position: number | undefined, pause: number): void => {
    const before = begun.length;
    retries.failed(3, position);
    assert.equal(retries.isWaiting(3), true);
    t.mock.timers.tick(pause - 1);
    assert.equal(begun.length, before);
    t.mock.timers.tick(1);
    assert.equal(begun.length, before + 1);
    assert.equal(retries.isWaiting(3), false);
  };
  fails(undefined, 1000);
  fails(undefined, 2000);
  fails(7, 1000);
  for (const seconds of [2, 4, 8, 16, 32, 60, 60, 60, 60]) fails(seconds % 8, 1000 * seconds);
  retries.failed(3, 7);
  t.mock.timers.tick(600_000);
  assert.deepEqual([begun.length, retries.count, retries.isWaiting(3)], [12, 12, false]);
  assert.equal(notes.at(-1), `partition 3: not begun again, ${MOST_TRIES} tries came no further`);
  retries.failed(4, 1);
  retries.forget(4);
  t.mock.timers.tick(600_000);
  assert.equal(retries.count, 12);
});

test('a partition whose log refuses for a moment goes on by itself, and its rows are those of one that was not refused', async () => {
  const log = memoryLog(1);
  const { signal } = new AbortController();
  const events = recordsOf([messageOf('A', 0, 40), messageOf('A', 40, 40), messageOf('A', 80, 40)]);
  let refusals = 2;
  log.onWrite = ([{ topic }]) => {
    if (topic === 'rows' && refusals-- > 0) fail('input', 'test', 'a log that takes it', 'a full disk');
  };
  const chains = {
    plan: { schema: { id: SCHEMA } },
    open: (_name: string, _epoch: number, state?: { engine: Uint8Array }) => smallChain(state?.engine),
  } as unknown as Chains;
  const notes: string[] = [];
  const ears = { onNote: (words: string) => notes.push(words) };
  const worker = await startWorker({ log, feed: log, chains, group: 'g', snapshotSeconds: 0.1, ears });
  for (const { key, value } of events) await log.write(0, [{ topic: 'events', key, value }], signal);
  while (worker.status().failed.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(worker.status().failed, [
    { partition: 0, reason: 'test: expected a log that takes it, found a full disk', isRetried: true },
  ]);
  while (worker.status().snapshots === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await worker.stop();
  const { failed, retries } = worker.status();
  assert.deepEqual([failed, retries], [[], 2]);
  assert.deepEqual(
    notes.filter((words) => words.includes('try')),
    ['partition 0: begun again in 1 s, try 1 of 10', 'partition 0: begun again in 2 s, try 2 of 10'],
  );
  const expected = smallChain();
  const { rows } = await expected.take(messageOf('A', 0, 120), 0);
  const reader = createRowReader();
  const read = log.records('rows').flatMap(({ value, offset }) => {
    return reader.take(decodeRows(value, 'rows'), `rows at ${offset}`).rows;
  });
  assert.deepEqual(read, rows);
});
