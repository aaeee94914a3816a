/** Reads the snapshots of a partition: no more of them than it takes. */
import { decodeSnapshot } from '../codec/snapshots.ts';
import type { Log } from '../log/contract.ts';
import { placeOf, type FoundSnapshot, type Place } from '../recovery/place.ts';

/** Where a partition goes on, as its snapshots say: the last of them says from where on all that matter are found. */
export async function readPlace(log: Log, partition: number, signal: AbortSignal): Promise<Place> {
  const { first, end } = await log.range('snapshots', partition, signal);
  if (first === end) return placeOf([], end);
  const last = await readBetween(log, partition, end - 1, end, signal);
  // The very last may have been cleared away; then all are read.
  const from = Math.max(first, last.at(-1)?.floor ?? first);
  return placeOf(from >= end - 1 ? last : await readBetween(log, partition, from, end, signal), end);
}

/** From which offset on the snapshots that matter are found. */
export async function placeFloor(log: Log, partition: number, signal: AbortSignal): Promise<number> {
  const { first, end } = await log.range('snapshots', partition, signal);
  if (first === end) return end;
  const last = await readBetween(log, partition, end - 1, end, signal);
  return Math.max(first, last.at(-1)?.floor ?? first);
}

async function readBetween(log: Log, partition: number, from: number, end: number, signal: AbortSignal) {
  const found: FoundSnapshot[] = [];
  for await (const { records, next } of log.read('snapshots', partition, from, signal)) {
    for (const { offset, value } of records)
      if (offset < end) found.push({ ...decodeSnapshot(value, `snapshots-${partition} at ${offset}`), at: offset });
    if (next >= end) break;
  }
  signal.throwIfAborted();
  return found;
}
