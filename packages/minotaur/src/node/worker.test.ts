import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { count, here, say, sum, vanish, wait } from '../../../../test/worker-work.ts';
import { runInWorker, runInWorkers, streamFromWorker } from './worker.ts';

const shared = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

test('a task gives its reply, under the conditions of this process', async () => {
  const mine = process.execArgv.filter((argument) => argument.startsWith('--conditions'));
  assert.deepEqual(await runInWorker(here, { sum }, { values: [1, 2, 4] }), { total: 7, conditions: mine });
});

test('errors arrive as they were thrown: with their facts, or with their stack', async () => {
  await assert.rejects(runInWorker(here, { sum }, { values: [], wrong: 'fact' }), (error) => {
    assert.ok(error instanceof MinotaurError);
    assert.equal(error.kind, 'input');
    assert.deepEqual(error.facts, { where: 'trades.csv line 7', expected: 'a price', found: 'none' });
    return true;
  });
  await assert.rejects(runInWorker(here, { sum }, { values: [], wrong: 'bug' }), (error) => {
    assert.ok(error instanceof TypeError && !(error instanceof MinotaurError));
    assert.match(error.stack ?? '', /a mistake of ours\n.*at .*sum .*worker-work/);
    return true;
  });
  await assert.rejects(runInWorker(here, { vanish }, null), /the thread of vanish ended without a reply/);
  const stranger = async function stranger(_task: null): Promise<void> {};
  await assert.rejects(runInWorker(here, { stranger }, null), /functions\[name\] is not a function/);
});

test('a thread is asked to end, and has ended when its caller hears of it', async () => {
  const notes: string[] = [];
  const stop = new AbortController();
  const onNote = (note: string): void => {
    notes.push(note);
    if (note === 'began') stop.abort(new Error('enough'));
  };
  await assert.rejects(runInWorker(here, { wait }, 20, { signal: stop.signal, onNote }), /enough/);
  assert.deepEqual(notes, ['began', 'ends']);
  await assert.rejects(runInWorker(here, { wait }, 20, { signal: stop.signal, onNote }), /enough/);
  assert.equal(notes.length, 2, 'nothing begins that is not wanted any more');
});

test('notes are heard in order, and nothing is kept of them', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const notes = 60_000;
  const heard = shared();
  const used: number[] = [];
  const onNote = (note: number): void => {
    assert.equal(note, Atomics.add(heard, 0, 1));
    if (note % 10_000 !== 5000) return;
    collect();
    used.push(process.memoryUsage().heapUsed);
  };
  await runInWorker(here, { say }, { count: notes, heard }, { onNote });
  assert.equal(heard[0], notes);
  // A promise a note was some 100 bytes, of each ten thousand; what else moves a heap does so now and then.
  const grown = used
    .slice(1)
    .map((bytes, i) => (bytes - used[i]) / 10_000)
    .toSorted((a, b) => a - b);
  assert.ok(grown[2] < 60, `${grown.map((bytes) => bytes.toFixed(1)).join(', ')} bytes a note`);
});

test('many tasks, so many at a time: replies in their order', async () => {
  const tasks = Array.from({ length: 7 }, (_, i) => ({ values: [i, i] }));
  const replies = await runInWorkers(here, { sum }, tasks, { atMost: 3 });
  assert.deepEqual(
    replies.map(({ total }) => total),
    [0, 2, 4, 6, 8, 10, 12],
  );
  assert.deepEqual(await runInWorkers(here, { sum }, [], { atMost: 3 }), []);
});

test('the error of the first task that failed, once the others are done; a stop is for all', async () => {
  const tasks = [{ values: [1] }, { values: [], wrong: 'bug' }, { values: [], wrong: 'fact' }] as const;
  await assert.rejects(runInWorkers(here, { sum }, [...tasks, { values: [2] }], { atMost: 2 }), /a mistake of ours/);
  const notes: string[] = [];
  const stop = new AbortController();
  const onNote = (note: string): void => {
    notes.push(note);
    if (notes.length === 2) stop.abort(new Error('enough'));
  };
  const all = runInWorkers(here, { wait }, [20, 20, 20, 20], { atMost: 2, signal: stop.signal, onNote });
  await assert.rejects(all, /enough/);
  assert.deepEqual(notes, ['began', 'began', 'ends', 'ends']);
});

test('a stream is no further ahead of its reader than it may be', async () => {
  const made = shared();
  const items = streamFromWorker(here, { count }, { until: 5, made }, 3);
  while (made[0] < 3) await sleep(5);
  await sleep(30);
  assert.equal(made[0], 3);
  assert.deepEqual((await items.next()).value, 0);
  await sleep(30);
  assert.equal(made[0], 3, 'the first item is still in use');
  assert.deepEqual((await items.next()).value, 1);
  while (made[0] < 4) await sleep(5);
  const rest: number[] = [];
  for await (const item of items) rest.push(item);
  assert.deepEqual(rest, [2, 3, 4]);
  assert.equal(made[1], 1);
});

test('an error of a stream comes after the items before it; a reader who stops early ends the stream', async () => {
  const made = shared();
  const items: number[] = [];
  await assert.rejects(async () => {
    for await (const item of streamFromWorker(here, { count }, { until: 9, made }, 3)) items.push(item);
  }, /item 5: expected less/);
  assert.deepEqual([items, made[1]], [[0, 1, 2, 3, 4], 1]);
  const short = shared();
  for await (const item of streamFromWorker(here, { count }, { until: 5, made: short }, 2)) if (item === 1) break;
  while (short[1] === 0) await sleep(5);
  assert.ok(short[0] <= 4);
});
