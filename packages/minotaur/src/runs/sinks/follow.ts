/** `sink --bus`: rows of a bus into a store, as workers write them. */
import { setTimeout as pause } from 'node:timers/promises';
import { callback, flag, textual, whole, type Optional } from 'minotaur-core/internal/base/options';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentsOf, withInstrument } from 'minotaur-core/internal/trades/instrument';
import type { Log } from '../../bus/log/contract.ts';
import { newestOf } from '../../bus/recovery/shard.ts';
import { createChains } from '../../bus/worker/chains.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { serveProbes } from '../../node/probes.ts';
import type { RowChain, RowStore, StorePlace } from '../../sinks/row-store.ts';
import { nameOfInstruments } from '../../sinks/sink-rows.ts';
import { nameBus, withLog, type BusOptions, BUS } from '../bus/open.ts';
import { blockOf, partitionRows, type PartitionRows } from './bus-rows.ts';
import { answerOf } from './farewell.ts';
import { createFollowed, type Followed } from './followed.ts';
import { createGathered, type Gathered } from './gathered.ts';

/** What a sink takes that follows a bus. */
export interface FollowOptions extends Omit<BusOptions, 'bus'> {
  /** `kafka://HOST:PORT/NAME`: rows as workers write them, until the signal says so. */
  readonly bus?: string | undefined;
  /** Of a bus: whose rows. */
  readonly config?: ConfigArgument | undefined;
  /** Of a bus: ends once the store has what the bus had when it began. */
  readonly once?: boolean | undefined;
  /** Of probes and metrics; absent: none. 0: any that is free. */
  readonly port?: number | undefined;
  /** Address that it listens on; 127.0.0.1 where absent. */
  readonly host?: string | undefined;
  /** Told the address of probes and metrics. */
  readonly onListening?: ((url: string) => void) | undefined;
}

export const FOLLOW: Optional<FollowOptions> = {
  ...BUS,
  bus: textual,
  config: configArgument,
  once: flag,
  port: whole,
  host: textual,
  onListening: callback,
};

/** A store that can be opened again. */
export interface FollowedStore {
  /** Once `dropped` is aborted nobody waits any longer: a store that is elsewhere rejects whatever it has not answered. */
  open(dropped: AbortSignal): Promise<RowStore>;
  /** @throws {MinotaurError} where such rows do not fit */
  requireFit(chain: Pick<RowChain, 'instruments' | 'columns'>): void;
  /** Milliseconds for which rows are gathered before they are sent. */
  readonly gatherMs: number;
}

/** Milliseconds between tries of a store that does not take rows. */
const PAUSE_MS = 1000;

/**
 * Sends the rows of a bus until it is told to end, each once, from where the store says it is; a store that goes away is tried again.
 * @throws {MinotaurError} where the store cannot be had at first, or has others of these rows, or the bus has lost some
 */
export async function followIntoStore(
  options: FollowOptions & { readonly bus: string; readonly config: ConfigArgument; readonly signal: AbortSignal },
  store: FollowedStore,
): Promise<Followed> {
  const { signal, once = false, port, host = '127.0.0.1', onListening, onNote } = options;
  const { config } = await resolveConfig(options.config);
  const { plan } = createChains(config);
  store.requireFit({ instruments: '', columns: plan.columns });
  const named = await nameBus(options, plan.schema.id);
  const chainOf = chainsOf(config, plan.schema.id, plan.columns);
  let followed: Followed | undefined;
  let troubles = 0;
  const onTrouble = (words: string): void => {
    troubles++;
    if (followed !== undefined) followed.troubles = troubles;
    onNote?.(words);
  };
  return withLog(named, { ...options, onNote: onTrouble }, async (log) => {
    followed = createFollowed(log, await log.partitions('rows'));
    const health = port === undefined ? undefined : await serveProbes(() => followed, { port, host });
    if (health !== undefined) onListening?.(health.url);
    try {
      await followLog(store, { log, topic: named.topics.rows, once, signal, chainOf, followed, onNote });
    } finally {
      await health?.close();
    }
    return followed;
  });
}

/** What is followed. */
export interface Course {
  readonly log: Log;
  /** Real name of the topic of rows. */
  readonly topic: string;
  readonly once: boolean;
  readonly signal: AbortSignal;
  /** Of a chain, what it is in stores. */
  readonly chainOf: (chain: string) => RowChain;
  /** Kept up to date. */
  readonly followed: Followed;
  readonly onNote?: ((words: string) => void) | undefined;
}

/** Follows a log into a store, with as many connections to it as it takes. @throws {MinotaurError} as {@link followIntoStore} */
export async function followLog(store: FollowedStore, course: Course): Promise<void> {
  const { once, signal, followed, onNote } = course;
  for (;;) {
    const failed = await attempt(store, course);
    if (failed === undefined) return;
    if (once || !followed.hasBegun()) throw failed;
    followed.isUp = false;
    followed.retries++;
    onNote?.(failed.message);
    await pause(PAUSE_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
}

/** The names of chains in stores: that of their one instrument; of several, which are roles, the chain's own. */
function chainsOf(config: Config, schemaId: string, columns: readonly string[]): (chain: string) => RowChain {
  const isOne = instrumentsOf(config).length === 1;
  const known = new Map<string, RowChain>();
  return (chain) => {
    const instruments = isOne
      ? nameOfInstruments(instrumentsOf(withInstrument(config, chain)))
      : nameOfInstruments([{ symbol: chain, venue: null }]);
    const own = known.get(chain) ?? { instruments, schemaId, columns };
    known.set(chain, own);
    return own;
  };
}

/** Follows with one connection to the store. @returns what went wrong with it, where that may pass */
async function attempt(store: FollowedStore, course: Course): Promise<MinotaurError | undefined> {
  let failed: unknown;
  const dropped = new AbortController();
  const asked = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await answerOf(work, course.signal, () => dropped.abort());
    } catch (error) {
      failed = error;
      throw error;
    }
  };
  try {
    const opened = await asked(store.open(dropped.signal));
    try {
      await follow(opened, course, store.gatherMs, asked);
    } finally {
      await opened.close();
    }
    return undefined;
  } catch (error) {
    if (course.signal.aborted && isAbort(error)) return undefined;
    if (error !== failed || !(error instanceof MinotaurError) || error.kind !== 'input') throw error;
    return error;
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

async function follow(
  store: RowStore,
  course: Course,
  gatherMs: number,
  asked: <T>(work: Promise<T>) => Promise<T>,
): Promise<void> {
  const { log, topic, once, signal, followed, chainOf } = course;
  const places = await asked(store.places(topic));
  const over = new AbortController();
  const end = AbortSignal.any([signal, over.signal]);
  const partitions = await Promise.all(
    Array.from({ length: followed.partitions }, (_, partition) =>
      partitionRows(log, { topic, partition }, places.get(partition), once ? undefined : end),
    ),
  );
  for (const { partition, from } of partitions)
    followed.next[partition] = Math.max(from, places.get(partition)?.next ?? 0);
  // One that answers and takes no rows is not up.
  followed.isUp = !followed.owes;
  const gathered = createGathered();
  const reading = Promise.all(partitions.map((own) => read(course, own, gathered, end)));
  const readers = reading.finally(() => {
    // The others of one that failed would go on.
    over.abort();
    gathered.end();
  });
  // Whoever waits for them hears of it below.
  readers.catch(() => {});
  let written = 0;
  try {
    while (await gathered.some(gatherMs)) {
      const { runs, touched, rows } = gathered.take();
      // Before anything is waited for: what comes meanwhile is of the next.
      const settled = new Map<number, StorePlace>();
      for (const own of touched) {
        const place = own.place();
        if (place !== undefined) settled.set(own.partition, place);
      }
      followed.owes = true;
      for (const [chain, own] of runs) for (const run of own) await asked(store.put(chainOf(chain), blockOf(run)));
      await asked(store.settle({ topic, partitions: settled }));
      followed.owes = false;
      followed.isUp = true;
      for (const [partition, { next }] of settled) followed.next[partition] = next;
      for (const run of [...runs.values()].flat())
        followed.newestRow = newestOf(followed.newestRow, run.rows.at(-1)?.time);
      for (const chain of runs.keys()) followed.chains.add(`${chainOf(chain).instruments} ${chainOf(chain).schemaId}`);
      followed.rows += rows;
      const fresh = store.written();
      if (fresh === undefined) continue;
      followed.written = (followed.written ?? 0) + fresh - written;
      written = fresh;
    }
    await readers;
  } finally {
    over.abort();
    gathered.end();
    // A partition is read by one at a time.
    await readers.catch(() => {});
  }
}

/** Reads a partition into what is gathered, no further than that has room. */
async function read({ log, once }: Course, own: PartitionRows, gathered: Gathered, end: AbortSignal): Promise<void> {
  const until = once ? own.end : Infinity;
  if (own.from >= until) return;
  for await (const { records, next } of log.read('rows', own.partition, own.from, end)) {
    for (const record of records) {
      await gathered.room();
      if (end.aborted) return;
      if (record.offset < until) gathered.add(own, own.take(record));
    }
    if (next >= until) return;
  }
}
