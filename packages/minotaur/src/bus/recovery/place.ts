/** From the snapshots of a partition to where its events are to be read from. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Snapshot } from '../codec/snapshots.ts';

/** A snapshot, and where it stands. */
export interface FoundSnapshot extends Snapshot {
  /** Its offset among the snapshots. */
  readonly at: number;
}

/** Where a partition goes on. */
export interface Place {
  /** Of each chain that has one, the snapshot that is furthest. */
  readonly chains: ReadonlyMap<string, FoundSnapshot>;
  /** Offset of the first event to be read. */
  readonly from: number;
  /** End of the snapshots when they were read: what is written from here on stands behind it. */
  readonly end: number;
}

/** Whether a snapshot of a chain is newer than another of it. */
export const isFurther = (a: Snapshot, b: Snapshot): boolean =>
  a.epoch !== b.epoch ? a.epoch > b.epoch : a.events > b.events;

/**
 * Where a partition goes on. An owner that was taken for dead may have written an older snapshot behind a newer one, so the one that
 * is furthest counts, and not the last. A chain of which there is none has no event before any `covered`: whoever wrote that knew of
 * every chain with an event before it, and of a key the log keeps at least one.
 */
export function placeOf(snapshots: readonly FoundSnapshot[], end: number): Place {
  const chains = new Map<string, FoundSnapshot>();
  let covered = 0;
  for (const snapshot of snapshots) {
    covered = Math.max(covered, snapshot.covered);
    const known = chains.get(snapshot.chain);
    if (known === undefined || isFurther(snapshot, known)) chains.set(snapshot.chain, snapshot);
  }
  let from = covered;
  for (const { offset } of chains.values()) from = Math.min(from, offset);
  return { chains, from, end };
}

/** Whether a log that begins at `first` lacks events that are in no snapshot. */
export function isCut({ chains, from }: Place, first: number): boolean {
  return first > from && coveredBy(chains) < first;
}

const coveredBy = (chains: Place['chains']): number =>
  Math.max(0, ...[...chains.values()].map((snapshot) => snapshot.covered));

/**
 * Where events are to be read from in a log that begins at `first`. What is cut off may be cut off where all of it is in snapshots.
 * @throws {MinotaurError} of kind `input` where events that are still needed have been cut off
 */
export function requireUncut(place: Place, first: number, where: string): number {
  const { chains, from } = place;
  if (!isCut(place, first)) return Math.max(first, from);
  const behind = [...chains.values()].filter(({ offset }) => offset < first).map(({ chain }) => chain);
  const whose = behind.length > 0 ? ` (${behind.slice(0, 5).join(', ')})` : '';
  const instead = 'they can only be written anew, into another bus';
  return fail('input', where, `events from offset ${from} on${whose}: ${instead}`, `the first is ${first}`);
}
