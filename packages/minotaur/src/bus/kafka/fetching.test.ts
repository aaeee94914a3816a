import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFetching } from './fetching.ts';

/** Timers that keep a process from ending. */
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('a reader whose brokers do not answer waits for them, and waits no more once it is closed', async () => {
  const before = timers();
  const heard: string[] = [];
  const consumer = { metadata: () => Promise.reject(new Error('nobody there')) };
  const fetching = createFetching(consumer as unknown as Parameters<typeof createFetching>[0], (words) =>
    heard.push(words),
  );
  const stop = new AbortController();
  const reading = fetching.read('events', 0, 0, stop.signal)[Symbol.asyncIterator]().next();
  while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(timers(), before + 1);
  fetching.close();
  assert.equal(timers(), before);
  stop.abort();
  assert.equal((await reading).done, true);
});
