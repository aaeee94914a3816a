/** A worker: the partitions that are its own, as members of its group come and go. */
import type { Feed, Log, Membership } from '../log/contract.ts';
import type { Chains } from './chains.ts';
import type { WorkerEars, WorkerStatus } from './contract.ts';
import { createStandby } from './standby.ts';
import { createOwned } from './owned.ts';
import { workPartition } from './partition.ts';

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

export interface BusWorker {
  status(): WorkerStatus;
  /** Messages of events that its partitions have not taken. */
  lag(): Promise<number>;
  /** Hands its partitions over and leaves. */
  stop(): Promise<void>;
  /** Rejects where something fails that nobody expected. */
  readonly broken: Promise<never>;
}

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
  const standby = keepsSnapshots ? createStandby(log, ears.onNote) : undefined;
  const count = keepsSnapshots ? await log.partitions('events') : 0;
  /** One, once it has joined. */
  const memberships: Membership[] = [];
  const owned = createOwned({
    work: (partition, partitionEars) =>
      workPartition({ log, feed, partition, chains, snapshotSeconds, ears: partitionEars, standby }),
    onCovered: (partition, offset) => memberships.at(0)?.say(partition, offset),
    ears,
  });

  const membership = await log.join(group, {
    onOwn(partitions, anew) {
      ears.onNote?.(`owns partitions ${partitions.join(', ') || 'none'}${anew ? ', after it was out' : ''}`);
      owned.set(partitions, anew);
      standby?.keep(Array.from({ length: count }, (_, i) => i).filter((i) => !partitions.includes(i)));
    },
    onMoving: () => owned.all().forEach((worked) => worked.checkpoint()),
    onTrouble: (words) => ears.onNote?.(words),
  });
  memberships.push(membership);

  return {
    status: () => ({ ...owned.status(), kept: standby?.bytes ?? 0 }),
    async lag() {
      const all = await Promise.all(owned.all().map((worked) => worked.lag()));
      return all.reduce((sum, one) => sum + one, 0);
    },
    async stop() {
      await owned.stop();
      await standby?.stop();
      await membership.leave();
    },
    broken: owned.broken,
  };
}
