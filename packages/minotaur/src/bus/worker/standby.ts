/** The newest snapshots of partitions that are others', in memory: whoever takes one over does not have to read them first. */
import { decodeSnapshot } from '../codec/snapshots.ts';
import type { Log } from '../log/contract.ts';
import { isFurther, placeOf, type FoundSnapshot, type Place } from '../recovery/place.ts';
import { placeFloor } from './restoring.ts';

/** Milliseconds until a partition that could not be read is read again. */
const AGAIN_MS = 1000;

export interface Standby {
  /** These are others' now. */
  keep(partitions: readonly number[]): void;
  /** Where a partition goes on, which is kept no more; undefined where nothing is kept of it. */
  take(partition: number, signal: AbortSignal): Promise<Place> | undefined;
  /** Bytes of the states that are kept. */
  readonly bytes: number;
  stop(): Promise<void>;
}

/** What is kept of a partition. */
interface Kept {
  /** Of each chain the one that is furthest; and the one that covers most. */
  readonly chains: Map<string, FoundSnapshot>;
  most: FoundSnapshot | undefined;
  /** Offset of the next that is to be read; undefined until it is known where to begin. */
  next: number | undefined;
  readonly stop: AbortController;
  ended: Promise<void>;
}

export function createStandby(log: Log, onTrouble: (words: string) => void = () => {}): Standby {
  const kept = new Map<number, Kept>();

  async function follow(partition: number, one: Kept): Promise<void> {
    const { signal } = one.stop;
    while (!signal.aborted)
      try {
        one.next ??= await placeFloor(log, partition, signal);
        for await (const { records, next } of log.read('snapshots', partition, one.next, signal)) {
          for (const { offset, value } of records) note(one, partition, offset, value);
          one.next = next;
        }
      } catch (error) {
        if (signal.aborted) return;
        // It is read from its floor when it is taken over: what is kept is in memory only to be quick.
        onTrouble(`snapshots of partition ${partition} are not kept: ${String(error)}`);
        one.next = undefined;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      }
  }
  const drop = async (partition: number): Promise<Kept | undefined> => {
    const one = kept.get(partition);
    kept.delete(partition);
    one?.stop.abort();
    await one?.ended;
    return one;
  };
  return {
    keep(partitions) {
      for (const partition of kept.keys()) if (!partitions.includes(partition)) void drop(partition);
      for (const partition of partitions) {
        if (kept.has(partition)) continue;
        const one: Kept = {
          chains: new Map(),
          most: undefined,
          next: undefined,
          stop: new AbortController(),
          ended: Promise.resolve(),
        };
        one.ended = follow(partition, one);
        kept.set(partition, one);
      }
    },
    take(partition, signal) {
      if (kept.get(partition)?.next === undefined) return undefined;
      return drop(partition).then((one) => placeBehind(log, partition, one as Kept, signal));
    },
    get bytes() {
      const all = [...kept.values()].flatMap(({ chains }) => [...chains.values()]);
      return all.reduce((sum, { engine, predictor }) => sum + engine.length + predictor.length, 0);
    },
    async stop() {
      await Promise.all([...kept.keys()].map(drop));
    },
  };
}

function note(one: Kept, partition: number, offset: number, value: Uint8Array): void {
  const snapshot = { ...decodeSnapshot(value, `snapshots-${partition} at ${offset}`), at: offset };
  const known = one.chains.get(snapshot.chain);
  if (known === undefined || isFurther(snapshot, known)) one.chains.set(snapshot.chain, snapshot);
  if (one.most === undefined || snapshot.covered > one.most.covered) one.most = snapshot;
}

/** What is kept, and what has come since. */
async function placeBehind(log: Log, partition: number, one: Kept, signal: AbortSignal): Promise<Place> {
  const { end } = await log.range('snapshots', partition, signal);
  if (one.next !== undefined && one.next < end)
    for await (const { records, next } of log.read('snapshots', partition, one.next, signal)) {
      for (const { offset, value } of records) if (offset < end) note(one, partition, offset, value);
      if (next >= end) break;
    }
  signal.throwIfAborted();
  return placeOf([...one.chains.values(), ...(one.most === undefined ? [] : [one.most])], end);
}
