import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { test } from 'node:test';
import { fail } from 'minotaur-core/internal/base/errors';
import { SCHEMA, messageOf, recordsOf, smallChain } from '../../../../../test/simulated-log.ts';
import type { Log } from '../log/contract.ts';
import type { LogRecord, OpenChain, Outgoing, WorkedChain } from '../recovery/contract.ts';
import type { Chains } from './chains.ts';
import { workPartition, type PartitionOptions } from './partition.ts';

/** A log of one partition that has these events, and takes what `write` takes. */
function logOf(records: readonly LogRecord[], write: Log['write']): Log {
  return {
    partitions: async () => 1,
    range: async (topic) => ({ first: 0, end: topic === 'events' ? records.length : 0 }),
    async *read(_topic, _partition, _from, signal) {
      yield { records, next: records.length };
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    write,
    join: () => Promise.reject(new Error('nobody joins')),
    close: async () => {},
  };
}

function optionsOf(log: Log, open: OpenChain): PartitionOptions {
  const chains = { plan: { schema: { id: SCHEMA } }, open } as unknown as Chains;
  const ears = { onBegun() {}, onFailed() {}, onCovered() {} };
  return { log, feed: log, partition: 0, chains, snapshotSeconds: 1000, ears };
}

/** A log that has what it is given at once, and remembers it. */
function taking(records: readonly LogRecord[]) {
  const written: Outgoing[] = [];
  const log = logOf(records, async (_partition, messages) => messages.map((one) => written.push(one) - 1));
  return { log, snapshots: () => written.filter(({ topic }) => topic === 'snapshots').length };
}

test('after an error in the midst of an event nothing is handed over, and no snapshot is taken', async () => {
  const { log, snapshots } = taking(recordsOf([messageOf('A', 0, 4), messageOf('A', 4, 2)]));
  const open = (): WorkedChain => {
    const chain = smallChain();
    return {
      ...chain,
      async take(batch, skip) {
        const taken = await chain.take(batch, skip);
        if (batch.first > 0) throw new TypeError('an operator of somebody');
        return taken;
      },
    };
  };
  const worked = workPartition(optionsOf(log, open));
  await assert.rejects(worked.ended, /an operator of somebody/);
  assert.equal(worked.shard()?.counts().events, 4);
  worked.checkpoint();
  await worked.stop('hand over');
  assert.equal(snapshots(), 0);
});

test('a partition that ends between events is handed over with its snapshots', async () => {
  const { log, snapshots } = taking(recordsOf([messageOf('A', 0, 4)]));
  const worked = workPartition(optionsOf(log, () => smallChain()));
  while (worked.shard()?.counts().events !== 4) await new Promise((resolve) => setTimeout(resolve, 1));
  await worked.stop('hand over');
  assert.equal(snapshots(), 1);
});

test('a log that takes nothing, and rows that fill what may wait, do not keep a worker from ending', async () => {
  // It is as long as a client takes to notice that its signal has said so.
  const log = logOf(recordsOf([messageOf('A', 0, 4)]), () => new Promise(() => {}));
  const values = randomFillSync(new Float64Array(2_200_000));
  const open = (): WorkedChain => ({
    ...smallChain(),
    take: async () => ({ rows: [{ time: 1, values, ready: true, complete: true }], predictions: [], refused: 0 }),
  });
  const worked = workPartition(optionsOf(log, open));
  while (!(Number(worked.shard()?.waiting) > 16 * 1024 * 1024)) await new Promise((resolve) => setTimeout(resolve, 1));
  await worked.stop('hand over');
  await worked.ended;
});

test('a write that fails is one of the partition at once, not with its next event', async () => {
  const log = logOf(recordsOf([messageOf('A', 0, 4)]), () => fail('input', 'test', 'a log that takes it', 'none'));
  const failed: string[] = [];
  const onFailed = (_partition: number, { message }: Error): void => void failed.push(message);
  const options = optionsOf(log, () => smallChain());
  const worked = workPartition({ ...options, snapshotSeconds: 0.1, ears: { ...options.ears, onFailed } });
  await worked.ended;
  assert.deepEqual(failed, ['test: expected a log that takes it, found none']);
  assert.equal(worked.failed()?.message, failed[0]);
});
