import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { appendTrades, copyTrades, createTradeBlock, sliceTrades } from 'minotaur-core/internal/trades/trade';
import { memoryLog, type MemoryLog } from '../../../../../test/memory-log.ts';
import { messageOf } from '../../../../../test/simulated-log.ts';
import { simulate } from '../../files/simulate.ts';
import { seal } from '../codec/envelope.ts';
import { decodeEvents, encodeEvents, type BusEvent, type EventBatch } from '../codec/events.ts';
import { decodeRows } from '../codec/rows.ts';
import type { Feed, Log } from '../log/contract.ts';
import { createChains } from '../worker/chains.ts';
import { workPartition } from '../worker/partition.ts';
import { serveFeed } from './far.ts';
import { feedAt } from './feed.ts';
import type { PackedRecord } from './messages.ts';
import { createPacking } from './packing.ts';

const market = createTradeBlock(50_000);
for (const block of simulate({ trades: 50_000, seed: 6 })) appendTrades(market, block);
const { signal } = new AbortController();

/** Trades [from, to) of a market as one message. */
function tradesOf(chain: string, from: number, to: number): EventBatch {
  const origin = { text: 'stream', maxSilence: Infinity };
  const block = sliceTrades(market, from, to);
  const arrival = from % 2 === 0 ? undefined : block.time.map((time) => time + 7);
  return {
    chain,
    epoch: 0,
    first: from,
    instruments: [chain],
    events: [{ kind: 'trades', instrument: 0, origin, block, arrival }],
  };
}

function put(log: MemoryLog, values: readonly Uint8Array[]): Promise<unknown> {
  return log.write(
    0,
    values.map((value) => ({ topic: 'events', key: 'A', value })),
    signal,
  );
}

/** A feed of this log, both sides of it in this thread. */
function feedOf(log: Log): Feed {
  const { port1, port2 } = new MessageChannel();
  return feedAt(
    port1,
    serveFeed(log, port2).then(() => port2.close()),
  );
}

/** Messages of many sizes, some of which are none. */
function mixed(): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (let from = 0, size = 1; from < 9000; from += size, size = (size * 7) % 1999)
    values.push(encodeEvents(tradesOf('A', from, from + size)), encodeEvents(messageOf('B', from, 3)));
  const damaged = encodeEvents(tradesOf('A', 0, 50));
  damaged[damaged.length - 9] ^= 1;
  const head = { kind: 'events', schemaId: '', chain: 'A', epoch: 0, first: 0, count: 2 ** 31 } as const;
  values.push(seal({ head, body: new Uint8Array(4), level: 1 }));
  // One alone is larger than a slab is else.
  values.push(
    damaged,
    Uint8Array.of(1, 2, 3),
    encodeEvents(tradesOf('A', 9000, 49_000)),
    encodeEvents(messageOf('B', 9, 4)),
  );
  return values;
}

/** Events one by one, trades too: however they came together. */
const single = (events: readonly BusEvent[]): BusEvent[] =>
  events.flatMap((event): BusEvent[] => {
    if (event.kind !== 'trades') return [event];
    const { block, arrival } = event;
    return Array.from({ length: block.length }, (_, i) => {
      return { ...event, block: copyTrades(sliceTrades(block, i, i + 1)), arrival: arrival?.slice(i, i + 1) };
    });
  });

test('what comes through a feed is what the log holds, in order: read where it can be, as it is where not', async () => {
  const values = mixed();
  const log = memoryLog();
  await put(log, values);
  const feed = feedOf(log);
  let at = 2;
  let read = 0;
  let asItIs = 0;
  for await (const { records } of feed.read('events', 0, at, signal)) {
    for (const { offset, key, value } of records) {
      assert.deepEqual([offset, key], [at, 'A']);
      if (value instanceof Uint8Array) {
        assert.deepEqual([...value], [...values[at++]]);
        asItIs++;
        continue;
      }
      const { kind, count, next, ...batch } = value;
      const expected = values.slice(at, next).map((bytes) => decodeEvents(bytes, 'test'));
      const all = expected.flatMap(({ events }) => single(events));
      assert.deepEqual({ ...batch, events: single(batch.events) }, { ...expected[0], events: all });
      assert.deepEqual([kind, count], ['events', all.length]);
      read += expected.length;
      at = next;
    }
    if (at === values.length) break;
  }
  assert.deepEqual([read, asItIs], [values.length - 2 - 3, 3]);
  await feed.close();
});

/** What messages of these batches come to, by offsets: each list is a record. */
async function joined(batches: readonly (EventBatch & { readonly key?: string })[]): Promise<PackedRecord[]> {
  const found: PackedRecord[] = [];
  const packing = createPacking('events-0', ({ slab, records }) => {
    found.push(...records);
    packing.taken([slab]);
  });
  for (const [offset, { key, ...batch }] of batches.entries())
    await packing.add({ offset, key: key ?? batch.chain, value: encodeEvents(batch) });
  packing.flush();
  return found;
}

test('messages that go on with each other are one, trades of one push too; others stay apart', async () => {
  const [a, b] = [tradesOf('A', 0, 10), { ...tradesOf('A', 10, 30), events: tradesOf('A', 0, 20).events }];
  const counts = async (...batches: Parameters<typeof joined>[0]): Promise<unknown> =>
    (await joined(batches)).map(({ value }) =>
      value instanceof Uint8Array ? 'bytes' : [value.count, value.next, value.events.length],
    );
  assert.deepEqual(await counts(a, b), [[30, 2, 1]]);
  const apart = [
    [10, 1, 1],
    [20, 2, 1],
  ];
  assert.deepEqual(await counts(a, { ...b, first: 11 }), apart);
  assert.deepEqual(await counts(a, { ...b, epoch: 1 }), apart);
  assert.deepEqual(await counts(a, { ...b, chain: 'B' }), apart);
  assert.deepEqual(await counts(a, { ...b, key: 'B' }), apart);
  assert.deepEqual(await counts(a, { ...b, instruments: ['C'] }), apart);
  // Of another origin, or received at times that are known: one message, and two pushes.
  const [event] = tradesOf('A', 0, 20).events;
  assert.ok(event.kind === 'trades');
  const elsewhere = { ...event, origin: { text: 'history', maxSilence: Infinity } };
  assert.deepEqual(await counts(a, { ...b, events: [elsewhere] }), [[30, 2, 2]]);
  assert.deepEqual(await counts(a, { ...b, events: [{ ...event, arrival: event.block.time }] }), [[30, 2, 2]]);
  // A bar's end between them, before trades or behind them.
  const advance = { kind: 'advance', instrument: 0, origin: event.origin, arrival: NaN, time: 1 } as const;
  assert.deepEqual(await counts(a, { ...b, events: [advance, event] }), [[31, 2, 3]]);
  assert.deepEqual(await counts({ ...a, events: [advance, ...a.events] }, { ...b, first: 11 }), [[31, 2, 3]]);
  // No more than a chain gains by, once slabs have grown.
  const many = Array.from({ length: 40 }, (_, i) => tradesOf('A', 1000 * i, 1000 * (i + 1)));
  const sizes = (await joined(many)).map(({ value }) => (value instanceof Uint8Array ? NaN : value.count));
  assert.deepEqual([Math.max(...sizes), sizes.reduce((sum, size) => sum + size)], [4000, 40_000]);
});

test('memory that caught up is given back once messages are small again, and taken again where one is large', async () => {
  const slabs: number[] = [];
  const sent: number[] = [];
  const packing = createPacking('events-0', ({ slab, records }) => {
    slabs.push(slab.byteLength);
    sent.push(records.length);
    packing.taken([slab]);
  });
  let offset = 0;
  const add = async (from: number, to: number): Promise<void> => {
    await packing.add({ offset: offset++, key: 'A', value: encodeEvents(tradesOf('A', from, to)) });
    packing.flush();
  };
  // As many as there are slabs, each of which comes back before the next is asked for.
  const bytes = (): number => slabs.slice(-5).reduce((sum, one) => sum + one, 0);
  for (let i = 0; i < 5; i++) await add(0, 1);
  const least = bytes();
  for (let i = 0; i < 5; i++) await add(0, 40_000);
  const most = bytes();
  assert.ok(most > 30 * least, `${most} of ${least}`);
  const large = offset;
  for (let i = 0; i < 200; i++) await add(0, 10);
  assert.equal(bytes(), most, 'a pause is none');
  for (let i = 0; i < 400; i++) await add(0, 10);
  assert.equal(bytes(), least);
  await add(0, 40_000);
  assert.ok(bytes() > 5 * least);
  assert.deepEqual([sent.length, large], [offset, 10]);
});

test('a feed reads no further ahead than it has room, and goes on as there is more', async () => {
  const log = memoryLog();
  await put(
    log,
    Array.from({ length: 40 }, (_, i) => encodeEvents(tradesOf('A', 1000 * i, 1000 * (i + 1)))),
  );
  let taken = 0;
  const { read } = log;
  log.read = async function* (...args) {
    for await (const { records, next } of read(...args))
      for (const record of records) {
        taken++;
        yield { records: [record], next };
      }
  };
  const feed = feedOf(log);
  let seen = 0;
  for await (const { records } of feed.read('events', 0, 0, signal)) {
    if (seen === 0) await setTimeout(50);
    // As many as there are slabs; a record waits for room.
    if (seen === 0) assert.ok(taken <= 6, `${taken} records were read before the first was taken`);
    seen += records.length;
    if (seen === 40) break;
  }
  assert.equal(taken, 40);
  await feed.close();
});

test('what reading comes to is thrown behind what had come before, and what writing comes to as it was', async () => {
  const log = memoryLog();
  await put(log, [encodeEvents(messageOf('A', 0, 2))]);
  const { read } = log;
  log.read = async function* (...args) {
    for await (const batch of read(...args)) {
      yield batch;
      fail('input', 'events-0', 'offset 1', 'a log that does not hold it');
    }
  };
  const feed = feedOf(log);
  let records = 0;
  await assert.rejects(
    async () => {
      for await (const batch of feed.read('events', 0, 0, signal)) records += batch.records.length;
    },
    (error) => error instanceof MinotaurError && error.kind === 'input' && error.facts.where === 'events-0',
  );
  assert.equal(records, 1);
  const message = { topic: 'rows', key: 'A', value: Uint8Array.of(1) } as const;
  assert.deepEqual(await feed.write(0, [message, message], signal), [0, 1]);
  log.onWrite = () => fail('input', 'bus', 'a log that takes it', 'none');
  await assert.rejects(feed.write(0, [message], signal), (error) => error instanceof MinotaurError);
  log.onWrite = () => {
    throw new TypeError('a mistake of ours');
  };
  await assert.rejects(feed.write(0, [message], signal), /a mistake of ours/);
  await feed.close();
  await assert.rejects(feed.write(0, [message], signal), /the feed is closed/);
});

test('who stops waiting for a write is let go at once, and the write is ended', async () => {
  const log = memoryLog();
  log.away = true;
  let onEnd = (): void => {};
  const ended = new Promise<void>((resolve) => (onEnd = resolve));
  const { write } = log;
  log.write = (partition, messages, until) => {
    until.addEventListener('abort', onEnd);
    return write(partition, messages, until);
  };
  const feed = feedOf(log);
  const stop = new AbortController();
  const writing = feed.write(0, [{ topic: 'rows', key: 'A', value: Uint8Array.of(1) }], stop.signal);
  await setTimeout(10);
  stop.abort(new Error('enough'));
  await assert.rejects(writing, /enough/);
  await ended;
  await feed.close();
});

test('a far side that dies is heard of by whoever waits, and by whoever comes after', async () => {
  const { port1, port2 } = new MessageChannel();
  let die: (error: Error) => void = () => {};
  const over = new Promise<void>((_, reject) => (die = reject));
  void serveFeed(memoryLog(), port2);
  const feed = feedAt(port1, over);
  const next = feed.read('events', 0, 0, signal)[Symbol.asyncIterator]().next();
  await setTimeout(10);
  die(new RangeError('out of memory'));
  await assert.rejects(next, /out of memory/);
  await assert.rejects(feed.write(0, [], signal), /out of memory/);
  await assert.rejects(feed.read('events', 0, 0, signal)[Symbol.asyncIterator]().next(), /out of memory/);
  await feed.close();
});

test('a partition that is fed has the rows and snapshots of one that reads by itself', async () => {
  const config = parseConfig({
    clocks: { short: { bars: 'tick', threshold: 7 }, '1min': { bars: 'time', every: '1min' } },
    features: { short: ['close', 'ema(close, 3)'], '1min': ['volume'] },
  });
  const values: Uint8Array[] = [];
  for (let from = 0; from < 6000; from += 300) values.push(encodeEvents(tradesOf('A', from, from + 300)));
  const written = async (how: (log: Log) => Feed) => {
    const log = memoryLog();
    await put(log, values);
    const feed = how(log);
    const ears = { onBegun() {}, onFailed: (_: number, error: Error) => assert.fail(error), onCovered() {} };
    const worked = workPartition({
      log,
      feed,
      partition: 0,
      chains: createChains(config),
      snapshotSeconds: 1000,
      ears,
    });
    while (worked.shard()?.position !== values.length) await setTimeout(1);
    await worked.stop('hand over');
    await feed.close();
    const rows = log.records('rows').flatMap(({ value }) => decodeRows(value, 'test').rows);
    return { rows, snapshot: log.records('snapshots').map(({ value }) => [...value]) };
  };
  const own = await written((log) => log);
  const fed = await written(feedOf);
  assert.ok(own.rows.length > 800);
  assert.deepEqual(fed, own);
});
