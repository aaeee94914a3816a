/** Rows of a log into a store: each once, whatever is killed, repeated or away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Row } from 'minotaur-core/internal/rows/row';
import { memoryLog, type MemoryLog } from '../../../../../test/memory-log.ts';
import { digestAfter, encodeRows } from '../../bus/codec/rows.ts';
import type { RowStore, StorePlace } from '../../sinks/row-store.ts';
import { followLog, type Course, type FollowedStore } from './follow.ts';
import { createFollowed } from './followed.ts';

const SCHEMA = 'ab'.repeat(32);
const TOPIC = 'desk.rows.abab';

const rowAt = (ordinal: number, scale = 0.5): Row => {
  const values = Float64Array.of(ordinal, ordinal === 3 ? NaN : scale * ordinal);
  return { time: 1e15 + ordinal, values, ready: ordinal > 1, complete: ordinal % 2 === 0 };
};
const rowsFrom = (first: number, count: number, scale?: number): Row[] =>
  Array.from({ length: count }, (_, i) => rowAt(first + i, scale));

/** A message of rows, as a worker writes it. */
async function write(
  log: MemoryLog,
  chain: string,
  first: number,
  count: number,
  epoch = 0,
  scale?: number,
): Promise<void> {
  const digest = digestAfter(rowsFrom(0, first + count, scale), undefined);
  const value = encodeRows({ schemaId: SCHEMA, chain, epoch, first, rows: rowsFrom(first, count, scale), digest });
  const partition = chain === 'B' ? 1 : 0;
  await log.write(partition, [{ topic: 'rows', key: chain, value }], new AbortController().signal);
}

/** A store in memory, in which a row is written once; `onPut`, `onPlace` may refuse. */
function memoryStore() {
  const rows = new Map<string, number[]>();
  const places = new Map<number, StorePlace>();
  const store = {
    rows,
    places,
    put: 0,
    opened: 0,
    closed: 0,
    onPut: (): void | Promise<void> => {},
    onPlace: (): void | Promise<void> => {},
  };
  const opened: RowStore = {
    places: (topic) => Promise.resolve(topic === TOPIC ? new Map(places) : new Map()),
    async put({ instruments }, { count, epoch, ordinal, width, values }) {
      await store.onPut();
      for (let i = 0; i < count; i++) {
        const name = `${instruments} ${epoch} ${ordinal + i}`;
        const own = [...values.subarray(i * width, (i + 1) * width)];
        store.put++;
        assert.deepEqual(rows.get(name) ?? own, own, name);
        rows.set(name, own);
      }
    },
    async settle(told) {
      await store.onPlace();
      for (const [partition, place] of told?.partitions ?? []) places.set(partition, place);
    },
    written: () => rows.size,
    async close() {
      store.closed++;
    },
  };
  const into: FollowedStore = {
    async open() {
      store.opened++;
      return opened;
    },
    requireFit: () => undefined,
    gatherMs: 0,
  };
  return { ...store, store, into };
}

function courseOf(log: MemoryLog, own: Partial<Course> = {}): Course {
  return {
    log,
    topic: TOPIC,
    once: true,
    signal: new AbortController().signal,
    chainOf: (chain) => ({ instruments: chain, schemaId: SCHEMA, columns: ['a', 'b'] }),
    followed: createFollowed(log, 2),
    ...own,
  };
}

const names = (chain: string, count: number, epoch = 0): string[] =>
  Array.from({ length: count }, (_, i) => `${chain} ${epoch} ${i}`);

test('each row once, of every chain and epoch; a second time nothing is new', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 4);
  await write(log, 'C', 0, 2);
  await write(log, 'A', 2, 4);
  await write(log, 'B', 0, 3);
  await write(log, 'A', 0, 2, 1);
  const { store, into } = memoryStore();
  const course = courseOf(log);
  await followLog(into, course);
  const all = [...names('A', 6), ...names('A', 2, 1), ...names('B', 3), ...names('C', 2)];
  assert.deepEqual([...store.rows.keys()].sort(), all.sort());
  assert.deepEqual([course.followed.rows, store.put, course.followed.next], [13, 13, [4, 1]]);
  assert.deepEqual(
    [...course.followed.chains].sort(),
    ['A', 'B', 'C'].map((chain) => `${chain} ${SCHEMA}`),
  );
  const again = courseOf(log);
  await followLog(into, again);
  assert.deepEqual([again.followed.rows, store.put, store.closed], [0, 13, 2]);
});

test('killed between rows and place: they are sent again, to the same bits, and nothing is left out', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 4);
  const { store, into } = memoryStore();
  await followLog(into, courseOf(log));
  await write(log, 'A', 4, 3);
  store.onPlace = () => {
    throw new Error('killed');
  };
  await assert.rejects(followLog(into, courseOf(log)), /killed/);
  store.onPlace = () => {};
  assert.equal(store.places.get(0)?.next, 1);
  await followLog(into, courseOf(log));
  assert.deepEqual([...store.rows.keys()], names('A', 7));
  assert.equal(store.put, 10);
});

test('what a worker writes again behind the place is no loss, and is not sent again', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 10);
  await write(log, 'C', 0, 1);
  const { store, into } = memoryStore();
  await followLog(into, courseOf(log));
  // A sleeper that woke up: rows that the store has, then the owner's own.
  await write(log, 'A', 2, 3);
  await write(log, 'A', 10, 2);
  await followLog(into, courseOf(log));
  assert.deepEqual([...store.rows.keys()], [...names('A', 10), 'C 0 0', 'A 0 10', 'A 0 11']);
  assert.equal(store.put, 13);
  // Rows that nobody wrote are a loss all the same.
  await write(log, 'A', 15, 1);
  await assert.rejects(
    followLog(into, courseOf(log)),
    /expected row 12 of A, epoch 0, found row 15: others are missing/,
  );
});

test('a store that goes away is tried again; one that cannot be had at first, or has other bits, is an error', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 2);
  const { store, into } = memoryStore();
  const stop = new AbortController();
  const notes: string[] = [];
  const course = courseOf(log, { once: false, signal: stop.signal, onNote: (words) => notes.push(words) });
  const following = followLog(into, course);
  while (!course.followed.isUp || store.rows.size < 2) await pause(1);
  store.onPut = () => fail('input', 'store', 'a server that takes rows', 'none');
  await write(log, 'A', 2, 2);
  while (course.followed.isUp) await pause(1);
  assert.match(await course.followed.metrics(), /minotaur_sink_up 0\n[^]*minotaur_sink_lag_messages 1\n/);
  store.onPut = () => {};
  while (store.rows.size < 4) await pause(5);
  stop.abort();
  await following;
  assert.deepEqual(notes, ['store: expected a server that takes rows, found none']);
  assert.deepEqual([store.put, store.opened, store.closed], [4, 2, 2]);
  assert.match(await course.followed.metrics(), /minotaur_sink_up 1\n[^]*sink_rows_total 4\n[^]*lag_messages 0\n/);

  const refusing = { ...into, open: async () => fail('input', 'store', 'a server', 'none') };
  await assert.rejects(followLog(refusing, courseOf(log, { once: false })), /store: expected a server, found none/);
  await write(log, 'A', 4, 1);
  store.onPut = () => fail('state', 'store', 'the row that is there', 'one of other bits');
  await assert.rejects(followLog(into, courseOf(log, { once: false })), /one of other bits/);
});

test('another bus of the name, and rows that have aged away, are refused', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 4);
  await write(log, 'A', 4, 2);
  const { into } = memoryStore();
  await followLog(into, courseOf(log));
  const other = memoryLog(2);
  await assert.rejects(
    followLog(into, courseOf(other)),
    /expected messages up to 2, .*found 0: another bus of this name/,
  );
  await write(other, 'A', 0, 1);
  await write(other, 'D', 0, 2);
  await assert.rejects(
    followLog(into, courseOf(other)),
    /rows\.abab-0 at 1: expected the rows of A up to 6, epoch 0, digest .*found the rows of D up to 2, epoch 0, digest \w+: another bus/,
  );
  const aged = { ...log, range: async () => ({ first: 3, end: 5 }) };
  await assert.rejects(followLog(into, courseOf(aged)), /expected message 2, .*found 3 is the first: rows are lost/);
});

test('a place is never ahead of its rows: what comes while the store is at work is of the next', async () => {
  const log = memoryLog(2);
  await write(log, 'A', 0, 4);
  const { store, into } = memoryStore();
  let puts = 0;
  store.onPut = async () => {
    if (++puts > 1) throw new Error('killed');
    await write(log, 'A', 4, 4);
    await pause(30);
  };
  await assert.rejects(followLog(into, courseOf(log, { once: false })), /killed/);
  assert.deepEqual([store.rows.size, store.places.get(0)?.next], [4, 1]);
  store.onPut = () => {};
  await followLog(into, courseOf(log));
  assert.deepEqual([...store.rows.keys()], names('A', 8));
});

test('another history of the same chain, row by row as long, is another bus', async () => {
  const [log, other] = [memoryLog(2), memoryLog(2)];
  for (let i = 0; i < 5; i++) await write(log, 'A', i, 1);
  const { into } = memoryStore();
  await followLog(into, courseOf(log));
  for (let i = 0; i < 8; i++) await write(other, 'A', i, 1, 0, 7);
  await assert.rejects(followLog(into, courseOf(other)), /another bus of this name/);
});

test('a damaged message ends it at once, however busy other partitions are', async () => {
  const log = memoryLog(2);
  for (let i = 0; i < 50; i++) await write(log, 'B', i, 1);
  const { store, into } = memoryStore();
  store.onPlace = () => pause(5);
  await log.write(0, [{ topic: 'rows', key: 'A', value: new Uint8Array(50) }], new AbortController().signal);
  const stop = new AbortController();
  const following = followLog(into, courseOf(log, { once: false, signal: stop.signal }));
  following.catch(() => {});
  const busy = (async () => {
    for (let next = 50; next < 450; next++) {
      await write(log, 'B', next, 1);
      await pause(2);
    }
  })();
  const ended = following.catch(() => 'ended');
  assert.equal(await Promise.race([ended, busy]), 'ended');
  await assert.rejects(following, /rows\.abab-0 at 0/);
  stop.abort();
  await busy;
});

test('told to end while the log does not answer, it ends without an error', async () => {
  const stop = new AbortController();
  const log = memoryLog(2);
  const range = (_topic: string, _partition: number, signal?: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
  const { into } = memoryStore();
  setTimeout(() => stop.abort(), 20);
  await followLog(into, { ...courseOf(log, { once: false, signal: stop.signal }), log: { ...log, range } });
});
