/** Which epochs a journal has: with its ordinal an epoch names a row, so no two histories may share one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import type { RecordedStart } from 'minotaur-core/internal/live/record';
import { decodeHeader, segmentName, segmentNumber } from './format.ts';

/** Numbers of the segments in a directory that exists, in order. */
export function segmentNumbers(directory: string): number[] {
  const numbers = readdirSync(directory).map(segmentNumber).filter(Number.isFinite);
  return numbers.sort((a, b) => a - b);
}

/** Refuses a directory without any. A demo begins a journal of its own each time, below the directory that it was given. */
export function failWithoutSegments(directory: string): never {
  const entries = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  const below = entries
    .filter((entry) => entry.isDirectory() && segmentNumbers(join(directory, entry.name)).length > 0)
    .map(({ name }) => name)
    .sort();
  const found = below.length === 0 ? 'none' : `none; there is one in ${join(directory, below[below.length - 1])}`;
  fail('input', directory, 'a journal: segments named 00000001.journal and on', found);
}

/** The newest epoch on record in `directory`; -1 where there is none. */
export function newestEpoch(directory: string): number {
  if (!existsSync(directory)) return -1;
  for (const number of segmentNumbers(directory).toReversed()) {
    const file = join(directory, segmentName(number));
    // A segment that a crash cut off within its header has nothing in it.
    const opened = decodeHeader(readFileSync(file), file);
    if (opened !== undefined) return opened.header.epoch;
  }
  return -1;
}

/**
 * The epoch in which a session may start cold that records into `directory`: 0 where nothing is on record there.
 *
 *     const engine = recordEngine(createJournal(directory), (sinks) =>
 *       createEngine(config, sinks, { epoch: nextEpoch(directory) }));
 */
export function nextEpoch(directory: string): number {
  return newestEpoch(directory) + 1;
}

/** Refuses a session whose rows would have the names of others: `newest` is on record. */
export function requireEpoch({ epoch, state }: RecordedStart, newest: number, directory: string): void {
  if (epoch > newest || (epoch === newest && state !== undefined)) return;
  const expected =
    state === undefined
      ? `a cold start in epoch ${newest + 1} or later (nextEpoch gives it), because rows of epoch ${newest} are on record`
      : `a state of epoch ${newest}, the newest on record, or a later one`;
  fail('state', directory, expected, `epoch ${epoch}`);
}
