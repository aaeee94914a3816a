/** A store that hangs, and one that refuses for good. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { memoryLog } from '../../../../../test/memory-log.ts';
import { digestAfter, encodeRows } from '../../bus/codec/rows.ts';
import type { RowStore } from '../../sinks/row-store.ts';
import { FAREWELL_MS } from './farewell.ts';
import { followLog, type Course } from './follow.ts';
import { createFollowed } from './followed.ts';

const SCHEMA = 'ab'.repeat(32);

/** A course over one row, that goes on until its signal. */
async function courseOf(own: Partial<Course> = {}): Promise<Course> {
  const log = memoryLog(1);
  const rows = [{ time: 1e15, values: Float64Array.of(1), ready: true, complete: true }];
  const digest = digestAfter(rows, undefined);
  const value = encodeRows({ schemaId: SCHEMA, chain: 'A', epoch: 0, first: 0, rows, digest });
  await log.write(0, [{ topic: 'rows', key: 'A', value }], new AbortController().signal);
  return {
    log,
    topic: 'desk.rows.abab',
    once: false,
    signal: new AbortController().signal,
    chainOf: (chain) => ({ instruments: chain, schemaId: SCHEMA, columns: ['a'] }),
    followed: createFollowed(log, 1),
    ...own,
  };
}

const STORE: RowStore = {
  places: () => Promise.resolve(new Map()),
  put: () => Promise.resolve(),
  settle: () => Promise.resolve(),
  written: () => undefined,
  close: () => Promise.resolve(),
};

/** What nobody answers; rejects as a connection does that is dropped. */
const unanswered = (dropped: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const error = new MinotaurError('input', { where: 'store', expected: 'an answer', found: 'none' });
    dropped.addEventListener('abort', () => reject(error), { once: true });
  });

for (const what of ['put', 'settle', 'open'] as const)
  test(
    `a store that does not answer (${what}) is dropped some seconds after the signal, not before`,
    { timeout: 30_000 },
    async () => {
      const stop = new AbortController();
      const notes: string[] = [];
      const course = await courseOf({ signal: stop.signal, onNote: (words) => notes.push(words) });
      const store = { asked: 0 };
      let opened = 0;
      let closed = 0;
      let isDropped = false;
      const following = followLog(
        {
          async open(dropped) {
            opened++;
            dropped.addEventListener('abort', () => (isDropped = true));
            const hang = (): Promise<never> => {
              store.asked++;
              return unanswered(dropped);
            };
            const close = async (): Promise<void> => void closed++;
            if (what !== 'open') return { ...STORE, [what]: hang, close };
            // One that has never been had is an error: it goes away first.
            if (opened > 1) return hang();
            return { ...STORE, put: async () => fail('input', 'store', 'a server', 'none'), close };
          },
          requireFit: () => undefined,
          gatherMs: 0,
        },
        course,
      );
      while (store.asked === 0) await pause(5);
      await pause(200);
      assert.equal(isDropped, false);
      const from = performance.now();
      stop.abort();
      await following;
      const took = performance.now() - from;
      assert.ok(isDropped && took > FAREWELL_MS - 50, `${took} ms`);
      assert.deepEqual([opened, closed], what === 'open' ? [2, 1] : [1, 1]);
      assert.equal(notes.at(-1), 'store: expected an answer, found none');
    },
  );

test('a store that answers after the signal, if late, gets its rows', async () => {
  const stop = new AbortController();
  const course = await courseOf({ signal: stop.signal });
  let settled = 0;
  const settle = async (): Promise<void> => {
    stop.abort();
    await pause(300);
    settled++;
  };
  await followLog(
    {
      open: (dropped) => {
        dropped.addEventListener('abort', () => assert.fail('dropped'));
        return Promise.resolve({ ...STORE, settle });
      },
      requireFit: () => undefined,
      gatherMs: 0,
    },
    course,
  );
  assert.deepEqual([settled, course.followed.rows], [1, 1]);
});
