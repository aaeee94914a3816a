/** Old segments of a journal are put away, as far as neither a session that goes on nor a comparison with history needs them. */
import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { segmentNumbers } from '../../journal/epochs.ts';
import { KIND, segmentName, viewOf } from '../../journal/format.ts';
import { scanHeader, scanRecords, type ScannedRecord } from '../../journal/scan.ts';
import { firstTradeTime, isState } from '../../journal/states.ts';

/**
 * Removes the segments of `directory` all of whose trades are older than `before` (microseconds), the oldest first; how many. What
 * stays begins with a segment that has a state, holds the newest state, and of each instrument the newest trade; segments from
 * `needed` on, which somebody else has still to read, stay too.
 */
export async function removeOldSegments(directory: string, before: number, needed = Infinity): Promise<number> {
  const numbers = segmentNumbers(directory);
  const paths = numbers.map((number) => join(directory, segmentName(number)));
  const read = numbers.findIndex((number) => number >= needed);
  let keep = Math.min(await firstNeeded(paths), read < 0 ? Infinity : read);
  // A segment ends where the next begins.
  const isOld = (i: number): boolean =>
    paths.slice(i + 1, keep + 1).some((path) => (firstTradeTime(path) ?? Infinity) < before);
  let old = 0;
  while (old < keep && isOld(old)) old++;
  for (keep = old; keep > 0 && !(await hasState(paths[keep])); keep--);
  for (const path of paths.slice(0, keep)) if (existsSync(path)) unlinkSync(path);
  return keep;
}

/** Index of the oldest segment without which a session could not go on. */
async function firstNeeded(paths: readonly string[]): Promise<number> {
  let state = false;
  let instruments: Set<number> | undefined;
  for (let i = paths.length - 1; i > 0; i--) {
    const seen = await contentOf(paths[i]);
    instruments ??= seen && new Set(Array.from({ length: seen.instruments }, (_, at) => at));
    state ||= seen?.state === true;
    for (const one of seen?.traded ?? []) instruments?.delete(one);
    if (state && instruments?.size === 0) return i;
  }
  return 0;
}

async function hasState(path: string): Promise<boolean> {
  return (await contentOf(path))?.state === true;
}

/** Piece by piece, so that a session that runs beside it is not held up. */
async function contentOf(path: string) {
  const opened = await scanHeader(path);
  if (opened === undefined) return undefined;
  const instruments = opened.header.instruments.length;
  const traded = new Set<number>();
  let state = false;
  const wanted = (kind: number): boolean =>
    isState(kind) || (traded.size < instruments && (kind === KIND.trade || kind === KIND.trades));
  for await (const records of scanRecords(path, opened.end, wanted)) {
    for (const record of records) {
      if (isState(record.kind)) state = true;
      else traded.add(instrumentOf(record));
    }
    if (state && traded.size === instruments) break;
  }
  return { instruments, traded, state };
}

const instrumentOf = ({ kind, body }: ScannedRecord): number =>
  viewOf(body).getUint32(kind === KIND.trade ? 56 : 0, true);
