/** Whose state a snapshot of a chain is: the schema's, of these instruments, since this cold start. */
import type { Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import { createSnapshotReader, createSnapshotWriter, type Snapshot, type SnapshotWriter } from '../base/snapshot.ts';
import { requireSameInstrument, type Instrument } from '../trades/instrument.ts';
import type { Plan } from './plan.ts';

/** Text beside the schema: a line of the instruments as JSON, a line of the epoch. */
const BESIDE = /^instruments (.*)\nepoch ([0-9]+)$/;

/** Writes snapshots of chains of a plan, in one epoch. */
export function createStateWriter({ schema, instruments }: Plan, epoch: number, hashing: Hashing): SnapshotWriter {
  return createSnapshotWriter(schema, `instruments ${JSON.stringify(instruments)}\nepoch ${epoch}`, hashing);
}

/** A state of a chain. */
export interface ChainState extends Snapshot {
  /** As they were when it was taken. */
  readonly instruments: readonly Instrument[];
  readonly epoch: number;
}

/** Reads the states in snapshots of a plan; refuses that of another schema or instrument, naming the first difference. */
export function createStateReader({ schema, instruments }: Plan, hashing: Hashing): (bytes: Uint8Array) => ChainState {
  const reader = createSnapshotReader(schema, hashing);
  /** Whose the last one was: they are nearly always the same. */
  let last: (Omit<ChainState, keyof Snapshot> & Pick<Snapshot, 'beside'>) | undefined;
  return (bytes) => {
    const snapshot = reader.read(bytes);
    const { beside } = snapshot;
    if (beside !== last?.beside) last = { beside, ...ownerOf(beside, instruments) };
    return { ...last, ...snapshot };
  };
}

/** Whose state it is by the text beside the schema. */
function ownerOf(beside: string, instruments: Plan['instruments']): Omit<ChainState, keyof Snapshot> {
  const match = BESIDE.exec(beside) ?? fail('state', 'snapshot', 'the instruments and epoch of a chain', `'${beside}'`);
  const found = JSON.parse(match[1]) as readonly Instrument[];
  if (found.length !== instruments.length)
    fail('state', 'snapshot', `${instruments.length} instruments`, `${found.length}`);
  instruments.forEach((instrument, i) => requireSameInstrument(instrument, found[i], 'snapshot'));
  return { instruments: found, epoch: Number(match[2]) };
}
