import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { sealed } from '../codec/envelope.ts';
import { decodeEvents, type BusEvent } from '../codec/events.ts';
import type { Log } from '../log/contract.ts';
import type { LogRecord } from '../recovery/contract.ts';
import { produce, type EventSource } from './produce.ts';

/** A log of one partition, which refuses to be read twice at once. */
function emptyLog() {
  const records: LogRecord[] = [];
  let reading = 0;
  const log: Log = {
    partitions: async () => 1,
    range: async () => ({ first: 0, end: records.length }),
    async *read(_topic, _partition, from) {
      assert.equal(reading++, 0, 'two read one partition at once');
      try {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield { records: records.slice(from), next: records.length };
      } finally {
        reading--;
      }
    },
    async write(_partition, messages) {
      return messages.map(({ key, value }) => records.push({ offset: records.length, key, value: sealed(value) }) - 1);
    },
    join: () => Promise.reject(new Error('nobody joins')),
    close: async () => {},
  };
  return { log, records };
}

const ORIGIN = { text: '', maxSilence: Infinity };

/** Trades at these prices, in pushes of three. */
function sourceOf(chain: string, prices: readonly number[]): EventSource {
  return {
    chain,
    instruments: [chain],
    *events(): Generator<BusEvent> {
      for (let from = 0; from < prices.length; from += 3) {
        const some = prices.slice(from, from + 3);
        const block = createTradeBlock(some.length);
        block.length = some.length;
        some.forEach((price, i) => {
          block.time[i] = 1000 * (from + i);
          block.price[i] = price;
          block.quantity[i] = 1;
        });
        yield { kind: 'trades', instrument: 0, origin: ORIGIN, block, arrival: undefined };
      }
    },
  };
}

const settings = { hasSnapshots: false, batch: 2, signal: new AbortController().signal };
const pricesOf = (records: readonly LogRecord[], chain: string): number[] =>
  records
    .filter(({ key }) => key === chain)
    .flatMap(({ value }) => decodeEvents(value, 'test').events)
    .flatMap((event) => (event.kind === 'trades' ? Array.from(event.block.price.subarray(0, event.block.length)) : []));

test('chains of one partition go on where each has ended, which is looked for once', async () => {
  const { log, records } = emptyLog();
  await produce(log, [sourceOf('A', [1, 2, 3, 4, 5]), sourceOf('B', [7, 8])], settings);
  const again = await produce(log, [sourceOf('A', [1, 2, 3, 4, 5, 6]), sourceOf('B', [7, 8, 9, 10])], settings);
  assert.deepEqual(
    again.map(({ chain, before, events }) => [chain, before, events]),
    [
      ['A', 5, 6],
      ['B', 2, 4],
    ],
  );
  assert.deepEqual(pricesOf(records, 'A'), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(pricesOf(records, 'B'), [7, 8, 9, 10]);
});

test('another source than the one that the log has events of is refused, by the bits of the last; a new epoch takes it', async () => {
  const { log, records } = emptyLog();
  await produce(log, [sourceOf('A', [1, 2, 3, 0])], settings);
  const refused = (prices: readonly number[], found: RegExp) =>
    assert.rejects(produce(log, [sourceOf('A', prices)], settings), found);
  const before = records.length;
  await refused(
    [1, 2, 3, 4, 5],
    /A: expected a source whose event 4 is the last .* epoch 0 \(events-0 at 1\).*found another/,
  );
  await refused([1, 2, 3, -0, 5], /found another/);
  await refused([1, 2, 3], /found 3 events/);
  assert.equal(records.length, before);
  const [anew] = await produce(log, [sourceOf('A', [1, 2])], { ...settings, newEpoch: true });
  assert.deepEqual([anew.epoch, anew.before, anew.events], [1, 0, 2]);
});

test('a log that does not answer holds nobody up who was told to end, also where it was cut', async () => {
  const { log } = emptyLog();
  const stop = new AbortController();
  /** Begins at 7, and says nothing of snapshots. */
  const silent: Log = {
    ...log,
    range: (topic, _partition, signal) =>
      topic === 'events'
        ? Promise.resolve({ first: 7, end: 7 })
        : new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  };
  const told = { ...settings, hasSnapshots: true, signal: stop.signal };
  setTimeout(() => stop.abort(new Error('told to end')), 20);
  await assert.rejects(produce(silent, [sourceOf('A', [1])], told), /told to end/);
});
