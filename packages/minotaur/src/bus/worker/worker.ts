/** A worker: the partitions that are its own, as members of its group come and go. */
import type { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Feed, Log, Membership } from '../log/contract.ts';
import { newestOf, type Halted } from '../recovery/shard.ts';
import type { Chains } from './chains.ts';
import { createStandby } from './standby.ts';
import { workPartition, type WorkedPartition } from './partition.ts';

export interface WorkerOptions {
  readonly log: Log;
  /** Of the same log: what all partitions read and write all the time. */
  readonly feed: Feed;
  readonly chains: Chains;
  /** Who share the partitions. */
  readonly group: string;
  readonly snapshotSeconds: number;
  /** Whether the newest snapshots of others' partitions are kept in memory, so that taking them over is quick. */
  readonly keepsSnapshots?: boolean | undefined;
  readonly ears?: WorkerEars | undefined;
}

/** What a worker tells of. */
interface WorkerEars {
  /** In words, what it does and what passes: one line. */
  readonly onNote?: ((words: string) => void) | undefined;
  /** A partition that cannot go on, or a chain of it. */
  readonly onFailed?: ((partition: number, error: MinotaurError) => void) | undefined;
}

/** What a worker is doing. */
export interface WorkerStatus {
  readonly partitions: readonly number[];
  /** Partitions that have begun; of those that are its own. */
  readonly begun: number;
  readonly chains: number;
  readonly events: number;
  readonly rows: number;
  readonly predictions: number;
  /** Of these, those that say why there is none. */
  readonly unpredicted: number;
  readonly repeated: number;
  readonly refused: number;
  readonly snapshots: number;
  /** Time of the newest row that was made, microseconds; undefined before the first. */
  readonly newestRow: number | undefined;
  /** Bytes of rows that the log has not taken yet. */
  readonly waiting: number;
  /** Milliseconds that the slowest beginning of a partition took. */
  readonly slowestBeginning: number;
  /** Bytes of snapshots of others' partitions that are kept in memory. */
  readonly kept: number;
  readonly failed: readonly { readonly partition: number; readonly reason: string }[];
  readonly halted: readonly { readonly chain: string; readonly reason: string }[];
}

export interface BusWorker {
  status(): WorkerStatus;
  /** Messages of events that its partitions have not taken. */
  lag(): Promise<number>;
  /** Hands its partitions over and leaves. */
  stop(): Promise<void>;
  /** Rejects where something fails that nobody expected. */
  readonly broken: Promise<never>;
}

const COUNTS = ['events', 'rows', 'predictions', 'unpredicted', 'repeated', 'refused', 'snapshots'] as const;
type Counts = Record<(typeof COUNTS)[number], number> & { newestRow: number | undefined };

/** Joins the group and works what it is given, until it is stopped. */
export async function startWorker({
  log,
  feed,
  chains,
  group,
  snapshotSeconds,
  keepsSnapshots = false,
  ears = {},
}: WorkerOptions): Promise<BusWorker> {
  const own = new Map<number, WorkedPartition>();
  const standby = keepsSnapshots ? createStandby(log, ears.onNote) : undefined;
  const count = keepsSnapshots ? await log.partitions('events') : 0;
  const none = { events: 0, rows: 0, predictions: 0, unpredicted: 0, repeated: 0, refused: 0, snapshots: 0 };
  const ended: Counts = { ...none, newestRow: undefined };
  let slowestBeginning = 0;
  /** One, once it has joined. */
  const memberships: Membership[] = [];
  let breakOff: (error: unknown) => void = () => {};
  const broken = new Promise<never>((_, reject) => (breakOff = reject));
  broken.catch(() => {});

  const partitionEars = {
    onBegun(partition: number, milliseconds: number): void {
      slowestBeginning = Math.max(slowestBeginning, milliseconds);
      ears.onNote?.(`partition ${partition}: begun in ${milliseconds.toFixed(0)} ms`);
    },
    onFailed: (partition: number, error: MinotaurError): void => ears.onFailed?.(partition, error),
    onCovered: (partition: number, offset: number): void => memberships.at(0)?.say(partition, offset),
  };
  const begin = (partition: number): void => {
    const worked = workPartition({ log, feed, partition, chains, snapshotSeconds, ears: partitionEars, standby });
    worked.ended.catch(breakOff);
    own.set(partition, worked);
  };
  const end = async (partition: number, how: 'hand over' | 'at once'): Promise<void> => {
    const worked = own.get(partition);
    own.delete(partition);
    await worked?.stop(how);
    const counts = worked?.shard()?.counts();
    if (counts === undefined) return;
    for (const key of COUNTS) ended[key] += counts[key];
    ended.newestRow = newestOf(ended.newestRow, counts.newestRow);
  };

  const membership = await log.join(group, {
    onOwn(partitions, anew) {
      ears.onNote?.(`owns partitions ${partitions.join(', ') || 'none'}${anew ? ', after it was out' : ''}`);
      // Another may have gone further with those that it had when it was out.
      for (const partition of own.keys())
        if (anew || !partitions.includes(partition)) void end(partition, anew ? 'at once' : 'hand over');
      for (const partition of partitions) if (!own.has(partition)) begin(partition);
      standby?.keep(Array.from({ length: count }, (_, i) => i).filter((i) => !partitions.includes(i)));
    },
    onMoving: () => own.forEach((worked) => worked.checkpoint()),
    onTrouble: (words) => ears.onNote?.(words),
  });
  memberships.push(membership);

  return {
    status: () => ({ ...statusOf([...own.values()], ended), slowestBeginning, kept: standby?.bytes ?? 0 }),
    async lag() {
      const all = await Promise.all([...own.values()].map((worked) => worked.lag()));
      return all.reduce((sum, one) => sum + one, 0);
    },
    async stop() {
      await Promise.all([...own.keys()].map((partition) => end(partition, 'hand over')));
      await standby?.stop();
      await membership.leave();
    },
    broken,
  };
}

function statusOf(own: readonly WorkedPartition[], ended: Counts): Omit<WorkerStatus, 'slowestBeginning' | 'kept'> {
  const counts = { ...ended };
  const halted: Halted[] = [];
  let [chains, begun, waiting] = [0, 0, 0];
  for (const worked of own) {
    const shard = worked.shard();
    if (shard === undefined) continue;
    begun++;
    const of = shard.counts();
    for (const key of COUNTS) counts[key] += of[key];
    counts.newestRow = newestOf(counts.newestRow, of.newestRow);
    chains += shard.chains().length;
    waiting += shard.waiting;
    halted.push(...shard.halted());
  }
  const failed = own.flatMap((worked) => {
    const reason = worked.failed()?.message;
    return reason === undefined ? [] : [{ partition: worked.partition, reason }];
  });
  const words = halted.map(({ chain, reason }) => ({ chain, reason: reason.message }));
  const partitions = own.map(({ partition }) => partition).sort((a, b) => a - b);
  return { partitions, begun, chains, ...counts, waiting, failed, halted: words };
}
