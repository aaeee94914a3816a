/** Every figure that workers and sinks of a bus say they have moves, each in some course of what they go through. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { encodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { digestAfter, encodeRows } from '../packages/minotaur/src/bus/codec/rows.ts';
import type { MemberEars } from '../packages/minotaur/src/bus/log/contract.ts';
import type { WorkedChain } from '../packages/minotaur/src/bus/recovery/contract.ts';
import type { Chains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { probedWorker } from '../packages/minotaur/src/bus/worker/health.ts';
import { startWorker } from '../packages/minotaur/src/bus/worker/worker.ts';
import { followLog } from '../packages/minotaur/src/runs/sinks/follow.ts';
import { createFollowed } from '../packages/minotaur/src/runs/sinks/followed.ts';
import type { RowStore } from '../packages/minotaur/src/sinks/row-store.ts';
import { memoryLog, type MemoryLog } from './memory-log.ts';
import { messageOf, SCHEMA, smallChain } from './simulated-log.ts';

/** Looks at figures until all of them have moved; those that have not. */
function createWatch(metrics: () => Promise<string>) {
  const moved = new Map<string, boolean>();
  const still = (): string[] => [...moved].flatMap(([name, has]) => (has ? [] : [name]));
  return {
    still,
    async look(): Promise<void> {
      for (const [, name, value] of (await metrics()).matchAll(/^(minotaur_\w+) (\S+)$/gm))
        moved.set(name, (moved.get(name) ?? false) || Number(value) > 0);
    },
    async until(name: string): Promise<void> {
      for (const end = performance.now() + 20_000; ; await pause(5)) {
        await this.look();
        if (moved.get(name) === true) return;
        assert.ok(performance.now() < end, `${name} did not move; nor did ${still().join(', ')}`);
      }
    },
  };
}

/** A chain that predicts, and refuses an event now and then. */
function predictingChain(): WorkedChain {
  const chain = smallChain();
  return {
    ...chain,
    async take(batch, skip) {
      const { rows } = await chain.take(batch, skip);
      const facts = { probability: 0.5, calibrated: 0.5, signal: 1, complete: true };
      const predictions = rows.map(({ time }, i) => ({
        time,
        ...facts,
        ...(i === 0 ? { refusal: 'not ready: x' } : {}),
      }));
      return { rows, predictions, refused: 1 };
    },
  };
}

const signal = new AbortController().signal;
const writeEvents = (log: MemoryLog, partition: number, first: number, count: number): Promise<readonly number[]> =>
  log.write(partition, [{ topic: 'events', key: 'A', value: encodeEvents(messageOf('A', first, count)) }], signal);

test('every figure of a worker moves', { timeout: 60_000 }, async () => {
  const ears: MemberEars[] = [];
  const memory = memoryLog(3);
  const log: MemoryLog = Object.assign(memory, {
    async join(_group: string, own: MemberEars) {
      ears.push(own);
      own.onOwn([0, 1], false);
      return { say() {}, leave: async () => {} };
    },
  });
  let troubles = 0;
  const chains = { plan: { schema: { id: SCHEMA } }, open: predictingChain } as unknown as Chains;
  const worker = await startWorker({ log, feed: log, chains, group: 'g', snapshotSeconds: 0.05, keepsSnapshots: true });
  const watch = createWatch(probedWorker(worker, () => troubles).metrics);
  try {
    await watch.until('minotaur_worker_ready');
    await writeEvents(log, 0, 0, 20);
    await watch.until('minotaur_worker_snapshots_total');
    await writeEvents(log, 0, 10, 20);
    await watch.until('minotaur_worker_events_repeated_total');
    log.away = true;
    await writeEventsAway(log, 30);
    await watch.until('minotaur_worker_rows_waiting_bytes');
    log.away = false;
    // What no chain can go on behind, and what no partition can.
    await writeEvents(log, 0, 1000, 1);
    await watch.until('minotaur_worker_chains_halted');
    await log.write(1, [{ topic: 'events', key: 'B', value: new Uint8Array(50) }], signal);
    await watch.until('minotaur_worker_partitions_failed');
    await watch.until('minotaur_worker_partition_retries_total');
    ears[0].onOwn([1], false);
    await watch.until('minotaur_worker_kept_snapshot_bytes');
    troubles = 1;
    await watch.look();
    log.range = async (topic) => ({ first: 0, end: topic === 'events' ? 99 : 0 });
    await watch.until('minotaur_worker_lag_messages');
    assert.deepEqual(watch.still(), []);
  } finally {
    await worker.stop();
  }
});

/** As a producer writes where the worker's own writes wait. */
async function writeEventsAway(log: MemoryLog, first: number): Promise<void> {
  const value = encodeEvents(messageOf('A', first, 20));
  const records = log.records('events', 0) as { offset: number; key: string; value: Uint8Array }[];
  records.push({ offset: records.length, key: 'A', value });
  await pause(1);
}

test('every figure of a sink moves', { timeout: 60_000 }, async () => {
  const log = memoryLog(1);
  const rows = [{ time: 1e15, values: Float64Array.of(1), ready: true, complete: true }];
  const value = encodeRows({
    schemaId: SCHEMA,
    chain: 'A',
    epoch: 0,
    first: 0,
    rows,
    digest: digestAfter(rows, undefined),
  });
  await log.write(0, [{ topic: 'rows', key: 'A', value }], signal);
  const followed = createFollowed(log, 1);
  const watch = createWatch(() => followed.metrics());
  let away = true;
  const store: RowStore = {
    places: () => Promise.resolve(new Map()),
    put: async () => void (away && fail('input', 'store', 'a server', 'none')),
    settle: () => Promise.resolve(),
    written: () => undefined,
    close: () => Promise.resolve(),
  };
  const stop = new AbortController();
  const following = followLog(
    { open: () => Promise.resolve(store), requireFit: () => undefined, gatherMs: 0 },
    {
      log,
      topic: 'desk.rows.cdcd',
      once: false,
      signal: stop.signal,
      chainOf: (chain) => ({ instruments: chain, schemaId: SCHEMA, columns: ['a'] }),
      followed,
    },
  );
  await watch.until('minotaur_sink_lag_messages');
  await watch.until('minotaur_sink_retries_total');
  away = false;
  followed.troubles = 1;
  await watch.until('minotaur_sink_newest_row_timestamp_seconds');
  assert.deepEqual(watch.still(), []);
  assert.match(await followed.metrics(), /^minotaur_sink_newest_row_timestamp_seconds 1000000000$/m);
  stop.abort();
  await following;
});
