/** The partitions that are a worker's own: begun, begun again where they failed, ended; and what came of them. */
import type { MinotaurError } from 'minotaur-core/internal/base/errors';
import { newestOf, NO_COUNTS, type Counts } from '../recovery/shard.ts';
import type { PartitionEars, WorkedPartition } from './partition.ts';
import { createRetries } from './retries.ts';
import type { WorkerEars, WorkerStatus } from './contract.ts';

interface OwnedOptions {
  /** Sets about a partition. */
  readonly work: (partition: number, ears: PartitionEars) => WorkedPartition;
  readonly onCovered: PartitionEars['onCovered'];
  readonly ears: WorkerEars;
}

export interface Owned {
  /** These are its own from now on; `anew`: another may have gone further with those that it had. */
  set(partitions: readonly number[], anew: boolean): void;
  all(): readonly WorkedPartition[];
  status(): Omit<WorkerStatus, 'kept'>;
  /** Hands all of them over. */
  stop(): Promise<void>;
  /** Rejects where something fails that nobody expected. */
  readonly broken: Promise<never>;
}

export function createOwned({ work, onCovered, ears }: OwnedOptions): Owned {
  const own = new Map<number, WorkedPartition>();
  const ended: Counts = { ...NO_COUNTS };
  let slowestBeginning = 0;
  let breakOff: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => (breakOff = reject));
  broken.catch(() => {});

  const partitionEars: PartitionEars = {
    onBegun(partition, milliseconds) {
      slowestBeginning = Math.max(slowestBeginning, milliseconds);
      ears.onNote?.(`partition ${partition}: begun in ${milliseconds.toFixed(0)} ms`);
    },
    onFailed: (partition: number, error: MinotaurError): void => ears.onFailed?.(partition, error),
    onCovered,
  };
  const begin = (partition: number): void => {
    const worked = work(partition, partitionEars);
    own.set(partition, worked);
    const onEnded = (): void => {
      if (worked.failed() !== undefined && own.get(partition) === worked)
        retries.failed(partition, worked.shard()?.position);
    };
    worked.ended.then(onEnded).catch(breakOff);
  };
  const close = async (partition: number, how: 'hand over' | 'at once'): Promise<void> => {
    const worked = own.get(partition);
    own.delete(partition);
    await worked?.stop(how);
    if (worked !== undefined) addCounts(ended, worked);
  };
  const end = (partition: number, how: 'hand over' | 'at once'): Promise<void> => {
    retries.forget(partition);
    return close(partition, how);
  };
  const retries = createRetries(
    (partition) => {
      void close(partition, 'at once');
      begin(partition);
    },
    (words) => ears.onNote?.(words),
  );

  return {
    set(partitions, anew) {
      for (const partition of own.keys())
        if (anew || !partitions.includes(partition)) void end(partition, anew ? 'at once' : 'hand over');
      for (const partition of partitions) if (!own.has(partition)) begin(partition);
    },
    all: () => [...own.values()],
    status() {
      const all = [...own.values()];
      const failed = all.flatMap((worked) => {
        const { partition } = worked;
        const reason = worked.failed()?.message;
        return reason === undefined ? [] : [{ partition, reason, isRetried: retries.isWaiting(partition) }];
      });
      return { ...statusOf(all, ended), failed, retries: retries.count, slowestBeginning };
    },
    async stop() {
      await Promise.all([...own.keys()].map((partition) => end(partition, 'hand over')));
    },
    broken,
  };
}

/** What is counted; the newest row is none. */
const COUNTED = (Object.keys(NO_COUNTS) as (keyof Counts)[]).filter((key) => key !== 'newestRow');

function addCounts(to: Counts, worked: WorkedPartition): void {
  const counts = worked.shard()?.counts();
  if (counts === undefined) return;
  for (const key of COUNTED) to[key] += counts[key];
  to.newestRow = newestOf(to.newestRow, counts.newestRow);
}

function statusOf(own: readonly WorkedPartition[], ended: Counts) {
  const counts = { ...ended };
  const halted: { chain: string; reason: string }[] = [];
  let [chains, begun, waiting] = [0, 0, 0];
  for (const worked of own) {
    addCounts(counts, worked);
    const shard = worked.shard();
    if (shard === undefined) continue;
    begun++;
    chains += shard.chains().length;
    waiting += shard.waiting;
    halted.push(...shard.halted().map(({ chain, reason }) => ({ chain, reason: reason.message })));
  }
  const partitions = own.map(({ partition }) => partition).sort((a, b) => a - b);
  return { partitions, begun, chains, ...counts, waiting, halted };
}
