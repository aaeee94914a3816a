/** Snapshots of the chains of a partition: taken in turn, written once their rows are. */
import { digestAfter, type RowsOf } from '../codec/rows.ts';
import { unsealedSnapshot } from '../codec/snapshots.ts';
import type { ChainWork } from './chain-work.ts';
import type { ChainState, Outgoing, Write } from './contract.ts';
import type { Outbox } from './outbox.ts';

/** Each takes a millisecond or more to write, which events wait for. */
const SNAPSHOTS_A_WRITE = 4;
/** After so many turns a chain without events gets a snapshot too, so that its newest is never far back. */
const IDLE_CHECKPOINTS = 16;

/** A snapshot that has been taken. */
interface Held {
  readonly chain: ChainWork;
  /** Messages of rows that the log has to have before it. */
  readonly after: number;
  readonly of: RowsOf;
  readonly events: number;
  readonly offset: number;
  readonly digest: Uint8Array;
  readonly state: ChainState;
}

export interface Checkpoints {
  /** Takes snapshots of those of the next `most` chains that are due; all events before `position` are taken. */
  take(most: number, position: number): void;
  next(position: number): Write | undefined;
  written(offsets: readonly number[]): void;
  /** Offset before which every event is in a snapshot that the log has. */
  covered(position: number): number;
  /** Whether none is to be written, or being written. */
  readonly settled: boolean;
}

interface CheckpointsOptions {
  readonly schemaId: string;
  /** Those of the partition, as they come up. */
  readonly chains: ReadonlyMap<string, ChainWork>;
  readonly outbox: Outbox;
  /** End of the snapshots when they were read. */
  readonly end: number;
}

export function createCheckpoints({ schemaId, chains, outbox, end }: CheckpointsOptions): Checkpoints {
  let held: Held[] = [];
  let storing: Held[] = [];
  /** Whose turn it is to be looked at. */
  let turn = 0;

  /** `stored`: chains whose snapshots stand before whatever says so. */
  function coveredWith(stored: ReadonlySet<ChainWork>, position: number): number {
    let least = position;
    for (const chain of chains.values()) least = Math.min(least, stored.has(chain) ? chain.needBehind : chain.need);
    return least;
  }

  function floor(): number {
    let least = end;
    for (const { snapshotAt } of chains.values()) least = Math.min(least, snapshotAt ?? least);
    return least;
  }

  return {
    get settled() {
      return held.length === 0 && storing.length === 0;
    },
    covered: (position) => coveredWith(new Set(), position),
    take(most, position) {
      const all = [...chains.values()];
      for (let k = 0; k < Math.min(most, all.length); k++) {
        const chain = all[turn++ % all.length];
        if (chain.isHeld || !chain.isWhole) continue;
        if (chain.need === Infinity && ++chain.idle < IDLE_CHECKPOINTS) continue;
        const { name, epoch, rows: first, events, worked } = chain;
        const digest = chain.digest ?? digestAfter([], undefined);
        const of = { schemaId, chain: name, epoch, first };
        held.push({ chain, after: outbox.added, of, events, offset: position, digest, state: worked.state() });
        chain.isHeld = true;
        chain.needBehind = Infinity;
        chain.idle = 0;
      }
    },
    next(position) {
      if (storing.length > 0) return undefined;
      storing = held.filter(({ after }) => after <= outbox.done).slice(0, SNAPSHOTS_A_WRITE);
      if (storing.length === 0) return undefined;
      held = held.filter((one) => !storing.includes(one));
      // They stand in the log in this order: each may count on those before it.
      const stored = new Set<ChainWork>();
      const messages = storing.map(({ chain, of, events, offset, digest, state }): Outgoing => {
        const place = { events, offset, covered: coveredWith(stored.add(chain), position), floor: floor() };
        return { topic: 'snapshots', key: of.chain, value: unsealedSnapshot({ ...of, ...place, digest, ...state }) };
      });
      return { messages };
    },
    written(offsets) {
      storing.forEach(({ chain }, i) => {
        chain.snapshotAt = offsets[i];
        chain.need = chain.needBehind;
        chain.isHeld = false;
      });
      storing = [];
    },
  };
}
