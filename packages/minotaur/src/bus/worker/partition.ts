/** One partition that this worker owns: read, taken, written, and handed over. */
import { setImmediate } from 'node:timers/promises';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Feed, Log } from '../log/contract.ts';
import type { ArrivedRecord, Write } from '../recovery/contract.ts';
import { requireUncut } from '../recovery/place.ts';
import { createShard, type Halted, type Shard } from '../recovery/shard.ts';
import type { Chains } from './chains.ts';
import { readPlace } from './restoring.ts';
import type { Standby } from './standby.ts';

/** Rows that wait to be written, bytes: events wait for them. */
const MOST_WAITING = 16 * 1024 * 1024;
/** Milliseconds of work after which others have their turn. */
const TURN_MS = 5;
/** Milliseconds between looks at who is due a snapshot. */
const TICK_MS = 100;
/** Milliseconds that a partition may take from when it is to end until it is handed over. */
const HANDOVER_MS = 2000;

export interface PartitionOptions {
  readonly log: Log;
  /** Its events come from here, and what is to be written goes there. */
  readonly feed: Feed;
  readonly partition: number;
  readonly chains: Chains;
  /** Seconds in which every chain that has come further gets a snapshot. */
  readonly snapshotSeconds: number;
  readonly ears: PartitionEars;
  /** Snapshots that are in memory already, of whoever has kept them. */
  readonly standby?: Standby | undefined;
}

export interface PartitionEars {
  /** Milliseconds that it took until it was where its snapshots say. */
  onBegun(partition: number, milliseconds: number): void;
  /** It cannot go on, or a chain of it, and says why; others do. */
  onFailed(partition: number, error: MinotaurError): void;
  /** Every event before this offset is in snapshots. */
  onCovered(partition: number, offset: number): void;
}

/** A partition at work. */
export interface WorkedPartition {
  readonly partition: number;
  /** Absent until it has begun. */
  shard(): Shard | undefined;
  failed(): MinotaurError | undefined;
  /** Events in the log that it has not taken; NaN where that is not known. */
  lag(): Promise<number>;
  /** Snapshots now: it may be another's soon. */
  checkpoint(): void;
  /** Ends it: with snapshots of where it stands, or at once. */
  stop(how: 'hand over' | 'at once'): Promise<void>;
  /** Settled once nothing of it runs; rejects where something fails that nobody expected. */
  readonly ended: Promise<void>;
}

export function workPartition(options: PartitionOptions): WorkedPartition {
  const { log, partition, ears } = options;
  const reading = new AbortController();
  const writing = new AbortController();
  let worker: Worker | undefined;
  let failed: MinotaurError | undefined;
  /** Whether it ended between events: what fails within one leaves chains that have taken more than they are known to have. */
  let clean = false;

  async function run(): Promise<void> {
    const started = performance.now();
    try {
      worker = createWorker(await begin(options, reading.signal), options, writing.signal);
      ears.onBegun(partition, performance.now() - started);
      await worker.run(reading.signal);
      clean = true;
    } catch (error) {
      if (reading.signal.aborted || writing.signal.aborted) return;
      if (!(error instanceof MinotaurError)) throw error;
      failed = error;
      ears.onFailed(partition, error);
    }
  }
  const ended = run();
  return {
    partition,
    shard: () => worker?.shard,
    failed: () => failed,
    async lag() {
      const { end } = await log.range('events', partition);
      return worker === undefined ? NaN : Math.max(0, end - worker.shard.position);
    },
    checkpoint: () => worker?.due(Infinity),
    async stop(how) {
      reading.abort();
      if (how === 'at once') writing.abort();
      const late = setTimeout(() => writing.abort(), HANDOVER_MS);
      await ended.catch(() => {});
      if (how === 'hand over' && worker !== undefined && clean) await worker.handOver().catch(() => {});
      clearTimeout(late);
      writing.abort();
    },
    ended,
  };
}

async function begin(options: PartitionOptions, signal: AbortSignal): Promise<Shard> {
  const { log, partition, chains, standby, ears } = options;
  const where = `events-${partition}`;
  const place = await (standby?.take(partition, signal) ?? readPlace(log, partition, signal));
  const { first } = await log.range('events', partition, signal);
  const from = requireUncut(place, first, where);
  const { open, plan } = chains;
  const onHalted = ({ reason }: Halted): void => ears.onFailed(partition, reason);
  return createShard({ where, schemaId: plan.schema.id, open, place, from, onHalted });
}

type Worker = ReturnType<typeof createWorker>;

/** Writes what a shard says is to be written, until `signal`. */
function createPen(
  shard: Shard,
  { feed, partition, ears }: PartitionOptions,
  signal: AbortSignal,
  onBroken: () => void,
) {
  /** What writing came to: an error of it is one of the partition. */
  let broken: { readonly error: unknown } | undefined;
  let onWritten = (): void => {};
  signal.addEventListener('abort', () => onWritten());

  /** Begins whatever is to be written and is not being written. */
  function write(): void {
    void writeOne(
      () => shard.nextRows(),
      () => shard.rowsWritten(),
    );
    void writeOne(
      () => shard.nextSnapshots(),
      (offsets) => {
        shard.snapshotsWritten(offsets);
        ears.onCovered(partition, shard.covered);
      },
    );
  }
  async function writeOne(next: () => Write | undefined, done: (offsets: readonly number[]) => void): Promise<void> {
    const first = next();
    if (first === undefined) return;
    try {
      done(await feed.write(partition, first.messages, signal));
    } catch (error) {
      broken ??= { error };
      onBroken();
    }
    onWritten();
    // Snapshots may have waited for these rows.
    if (broken === undefined) write();
  }
  return {
    write,
    /** @throws what writing came to, or that it is to end */
    require(): void {
      if (broken !== undefined) throw broken.error;
      signal.throwIfAborted();
    },
    /** Waits until `enough`, looking after each write. @throws what writing came to */
    async until(enough: () => boolean): Promise<void> {
      for (;;) {
        this.require();
        if (enough()) return;
        await new Promise<void>((resolve) => (onWritten = resolve));
      }
    },
  };
}

function createWorker(shard: Shard, options: PartitionOptions, signal: AbortSignal) {
  const { feed, partition, snapshotSeconds } = options;
  /** Ends the reading where writing fails: the next event may be long in coming. */
  const broken = new AbortController();
  const pen = createPen(shard, options, signal, () => broken.abort());
  /** Stays where taking fails: a snapshot would say fewer events than its engine has taken. */
  let taking = false;
  let due = 0;

  const checkpoint = (): void => {
    if (taking || due < 1) return;
    shard.checkpoint(Math.floor(due));
    due -= Math.floor(due);
    pen.write();
  };
  async function take(record: ArrivedRecord): Promise<void> {
    taking = true;
    await shard.take(record);
    taking = false;
    checkpoint();
    pen.write();
    if (shard.waiting > MOST_WAITING) await pen.until(() => shard.waiting <= MOST_WAITING);
    pen.require();
  }
  return {
    shard,
    due(count: number): void {
      due = Math.max(due, Math.min(count, shard.chains().length));
      checkpoint();
    },
    async run(reading: AbortSignal): Promise<void> {
      const ticker = setInterval(() => {
        due += (shard.chains().length * TICK_MS) / (1000 * snapshotSeconds);
        checkpoint();
      }, TICK_MS);
      try {
        let turn = performance.now();
        const wanted = AbortSignal.any([reading, broken.signal]);
        for await (const { records } of feed.read('events', partition, shard.position, wanted)) {
          for (const record of records) {
            await take(record);
            if (reading.aborted) return;
            if (performance.now() - turn < TURN_MS) continue;
            await setImmediate();
            turn = performance.now();
          }
        }
        pen.require();
      } finally {
        clearInterval(ticker);
      }
    },
    async handOver(): Promise<void> {
      shard.checkpoint();
      pen.write();
      await pen.until(() => shard.settled);
    },
  };
}
