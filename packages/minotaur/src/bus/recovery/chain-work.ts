/** A chain as the owner of its partition has it. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Snapshot } from '../codec/snapshots.ts';
import type { OpenChain, WorkedChain } from './contract.ts';
import type { FoundSnapshot } from './place.ts';

export interface ChainWork {
  readonly name: string;
  epoch: number;
  worked: WorkedChain;
  /** Of the epoch, taken so far. */
  events: number;
  /** Of the epoch, given so far. */
  rows: number;
  /** Of these rows; undefined before the first. */
  digest: Uint8Array | undefined;
  /** Offset of its first event that is in no snapshot that the log has; Infinity where all are. */
  need: number;
  /** The same behind the snapshot that is held. */
  needBehind: number;
  /** Where its newest snapshot stands; undefined before the first. */
  snapshotAt: number | undefined;
  /** Whether a snapshot of it is to be written, or being written. */
  isHeld: boolean;
  /** Checkpoints since its newest snapshot. */
  idle: number;
  /** Whether it has taken all of what it has begun to take; a snapshot of it would say less than it has taken otherwise. */
  isWhole: boolean;
  /** Why it takes no more. */
  halted: MinotaurError | undefined;
}

const FRESH = {
  need: Infinity,
  needBehind: Infinity,
  isHeld: false,
  idle: 0,
  isWhole: true,
  halted: undefined,
} as const;

/** Makes a chain begin an epoch; a new one where `known` is none. */
export function beginEpoch(open: OpenChain, name: string, epoch: number, known?: ChainWork): ChainWork {
  const cold = { epoch, worked: open(name, epoch, undefined), events: 0, rows: 0, digest: undefined };
  if (known !== undefined) return Object.assign(known, cold, { isWhole: true, halted: undefined });
  return { name, ...cold, ...FRESH, snapshotAt: undefined };
}

/** Puts a chain that begins an epoch into the state that the epoch begins in. */
export function putState(open: OpenChain, chain: ChainWork, snapshot: Snapshot): void {
  chain.worked = openBegun(open, snapshot);
  chain.rows = snapshot.first;
  chain.digest = snapshot.digest;
}

/** Opens a chain in the state that an epoch of it begins in. */
export function openBegun(open: OpenChain, { chain: name, epoch, ...state }: Snapshot): WorkedChain {
  try {
    return open(name, epoch, state);
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    // What predicted where the epoch began may be another than predicts here, which then has no rows before.
    return open(name, epoch, { ...state, predictor: new Uint8Array(0) });
  }
}

/** A chain that goes on from a snapshot. */
export function goOn(open: OpenChain, snapshot: FoundSnapshot): ChainWork {
  const { chain: name, epoch, engine, predictor, events, first: rows, digest, at } = snapshot;
  const worked = open(name, epoch, { engine, predictor });
  return { name, epoch, worked, events, rows, digest, ...FRESH, snapshotAt: at };
}

/** An event of it is in no snapshot yet. */
export function noteEvent(chain: ChainWork, offset: number): void {
  if (chain.isHeld) chain.needBehind = Math.min(chain.needBehind, offset);
  chain.need = Math.min(chain.need, offset);
}
