/** Messages of snapshots: the state of a chain, and from where on its events are still to be read. */
import { createByteWriter } from './bytes.ts';
import { guarded, open, requireKind, seal, type Opened, type Unsealed } from './envelope.ts';
import type { RowsOf } from './rows.ts';

/** Several hundred kilobytes that are mostly doubles. */
const LEVEL = 1;
const DIGEST = 32;

/** Where in the log a chain has come to, and where the others of its partition have. */
interface SnapshotPlace {
  /** Events of the epoch that it has taken. */
  readonly events: number;
  /** Offset in the partition of events behind the last message that it has taken whole. */
  readonly offset: number;
  /** All events of the partition before this offset are in snapshots of their chains, of which there is one each. */
  readonly covered: number;
  /** The newest snapshot of each chain of the partition stands at this offset of the snapshots or behind it. */
  readonly floor: number;
}

/** The state of a chain; `first` is how many rows it had given, all of which are in the log. */
export interface Snapshot extends RowsOf, SnapshotPlace {
  readonly engineVersion: string;
  /** State of the digest of those rows. */
  readonly digest: Uint8Array;
  /** Of the chain. */
  readonly engine: Uint8Array;
  /** Of the sequence; empty where nothing is predicted. */
  readonly predictor: Uint8Array;
}

export const encodeSnapshot = (snapshot: Omit<Snapshot, 'engineVersion'>): Uint8Array<ArrayBuffer> =>
  seal(unsealedSnapshot(snapshot));

export function unsealedSnapshot(snapshot: Omit<Snapshot, 'engineVersion'>): Unsealed {
  const { schemaId, chain, epoch, first, events, offset, covered, floor, digest, engine, predictor } = snapshot;
  const writer = createByteWriter(4 * 8 + DIGEST + 2 * 4 + engine.length + predictor.length);
  for (const value of [events, offset, covered, floor]) writer.f64(value);
  writer.bytes(digest);
  writer.u32(engine.length);
  writer.u32(predictor.length);
  writer.bytes(engine);
  writer.bytes(predictor);
  const head = { kind: 'snapshot', schemaId, chain, epoch, first, count: 1 } as const;
  return { head, body: writer.done(), level: LEVEL };
}

/** @throws {MinotaurError} of kind `input` for what is no such message; `where` names it */
export function decodeSnapshot(message: Uint8Array | Opened, where: string): Snapshot {
  return guarded(where, () => {
    const opened = message instanceof Uint8Array ? open(message, where) : message;
    requireKind(opened, 'snapshot', where);
    const { schemaId, chain, epoch, first, engineVersion } = opened;
    const reader = opened.body();
    const [events, offset, covered, floor] = reader.doubles(4);
    for (const value of [events, offset, covered, floor])
      if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`a place of ${value}`);
    const digest = reader.bytes(DIGEST).slice();
    const [engineBytes, predictorBytes] = [reader.u32(), reader.u32()];
    const engine = reader.bytes(engineBytes).slice();
    const predictor = reader.bytes(predictorBytes).slice();
    if (reader.left !== 0) throw new RangeError('more than its length says');
    return { schemaId, chain, epoch, first, engineVersion, events, offset, covered, floor, digest, engine, predictor };
  });
}
