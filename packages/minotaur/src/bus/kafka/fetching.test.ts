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

test('a reading that has not ended yet takes nothing from the one that follows it', async () => {
  const asked: string[] = [];
  let onBoth = (): void => {};
  const consumer = {
    metadata: () => Promise.resolve({ topics: new Map([['t', { id: 'id', partitions: [{ leader: 1 }] }]]) }),
    async fetch({ topics }: { topics: { partitions: { partition: number; fetchOffset: bigint }[] }[] }) {
      const { partitions } = topics[0];
      asked.push(partitions.map(({ fetchOffset }) => String(fetchOffset)).join(' '));
      setImmediate(onBoth);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const message = (offsetDelta: number) => ({ offsetDelta, key: Buffer.from('k'), value: Buffer.from('v') });
      const answers = partitions.map(({ partition, fetchOffset }) => {
        const records = Array.from({ length: 10 }, (_, i) => message(i));
        const batch = { firstOffset: fetchOffset, lastOffsetDelta: 9, records };
        return { partitionIndex: partition, records: fetchOffset >= 60n ? [] : [batch] };
      });
      return { responses: [{ topicId: 'id', partitions: answers }] };
    },
  };
  const fetching = createFetching(consumer as unknown as Parameters<typeof createFetching>[0], () => {});
  const [before, now] = [new AbortController(), new AbortController()];
  const older = fetching.read('t', 0, 20, before.signal)[Symbol.asyncIterator]();
  await older.next();
  before.abort();
  // It ends when it is asked again, which its taker does while the newer one is read.
  onBoth = () => void older.return?.();
  const offsets: number[] = [];
  for await (const { records } of fetching.read('t', 0, 0, now.signal)) {
    offsets.push(...records.map(({ offset }) => offset));
    if (offsets.length >= 60 || (offsets.at(-1) ?? 0) >= 59) break;
  }
  fetching.close();
  assert.deepEqual(
    offsets,
    Array.from({ length: 60 }, (_, i) => i),
  );
  assert.ok(
    asked.every((offset) => !offset.includes(' ')),
    asked.join(', '),
  );
});
