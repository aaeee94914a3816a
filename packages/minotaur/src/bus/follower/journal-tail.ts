/** The records of a journal as they come, from a place on; in pieces, so that no more of it is in memory than one of them. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import type { JournalRecord } from 'minotaur-core/internal/live/record';
import { decodeRecord, readOrigin, type Origins } from '../../journal/decode.ts';
import { failWithoutSegments, segmentNumbers } from '../../journal/epochs.ts';
import { KIND, RECORD_HEAD, segmentName, type JournalHeader } from '../../journal/format.ts';
import { rawRecords } from '../../journal/raw-records.ts';
import { scanHeader, scanRecords, type ScannedRecord } from '../../journal/scan.ts';

/** Milliseconds between two looks whether the journal has grown. */
const LOOK_MS = 50;

/** A place in a journal that stays one when its directory is moved. */
export interface TailPlace {
  readonly segment: number;
  /** Where a record begins; 0: the first. */
  readonly byte: number;
}

export interface TailedRecord extends TailPlace {
  readonly record: JournalRecord;
  readonly header: JournalHeader;
}

export interface TailedPiece {
  readonly records: readonly TailedRecord[];
  /** Where the next of them will be. */
  readonly at: TailPlace;
}

export interface TailOptions {
  readonly from?: TailPlace | undefined;
  /** Waits for more at the end, until `signal`; what is there then is still given. Otherwise the end is the end. */
  readonly follows: boolean;
  readonly signal: AbortSignal;
}

/** Kinds that say nothing of events. */
const PASSED: ReadonlySet<number> = new Set([KIND.row, KIND.prediction, KIND.gap, KIND.epoch]);

/**
 * What is given is on the disk where it `follows`: it does not vanish where power does. A piece without records says that all there is
 * has been given.
 * @throws {MinotaurError} of kind `input` where the journal is damaged before its end, or lacks a segment; `state` where it lacks the place
 */
export async function* tailJournal(directory: string, options: TailOptions): AsyncGenerator<TailedPiece> {
  const { from, follows, signal } = options;
  const first = await firstSegment(directory, options);
  if (first === undefined) return;
  if (from !== undefined && first > from.segment) {
    const expected = `segment ${segmentName(from.segment)}, up to which the bus has it`;
    fail('state', directory, expected, `the oldest is ${segmentName(first)}`);
  }
  let continued = true;
  for (let number = from?.segment ?? first; ; number++) {
    const path = join(directory, segmentName(number));
    const next = join(directory, segmentName(number + 1));
    const reading = { path, number, at: number === from?.segment ? from.byte : 0, origins: new Map() as Origins };
    let opened: Opened | undefined;
    let last = NaN;
    for (;;) {
      // What is there when the next segment is there is all of this one.
      const isOver = existsSync(next);
      const isLast = signal.aborted || !follows;
      opened ??= await openSegment(reading);
      if (opened !== undefined && statSync(path).size > opened.at)
        for await (const scanned of scanRecords(path, opened.at, () => true)) {
          if (Number.isNaN(last) && !continued && opened.at === opened.end) requireStart(scanned[0], path);
          last = scanned[scanned.length - 1].kind;
          opened.at = endOf(scanned[scanned.length - 1]);
          if (follows) await toDisk(path);
          const records = recordsIn(scanned, reading, opened.header);
          if (records.length > 0) yield { records, at: { segment: number, byte: opened.at } };
        }
      if (isOver) break;
      requireNext(directory, number);
      if (!follows) requireWhole(path);
      yield { records: [], at: { segment: number, byte: opened?.at ?? 0 } };
      if (isLast) return;
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {});
    }
    continued = last === KIND.end;
    // A session that was cut off ends in a torn tail; what is damaged before its end is said.
    if (!continued && last !== KIND.stop) requireWhole(path);
  }
}

/** @throws {MinotaurError} of kind `input` for damage before the end of a segment */
function requireWhole(path: string): void {
  for (const _ of rawRecords(readFileSync(path), path));
}

/** Segments come in order: one that is not there while a later one is has been lost. */
function requireNext(directory: string, number: number): void {
  const isEnd = segmentNumbers(directory).every((other) => other <= number);
  const next = join(directory, segmentName(number + 1));
  if (!isEnd && !existsSync(next)) fail('input', next, 'every segment between the first and the last', 'no such file');
}

interface Reading {
  readonly path: string;
  readonly number: number;
  /** Where it begins. */
  readonly at: number;
  readonly origins: Origins;
}

interface Opened {
  readonly header: JournalHeader;
  /** Of the header. */
  readonly end: number;
  /** Of what has been read. */
  at: number;
}

/** Opens a segment at a place of it; undefined where it has no header yet. */
async function openSegment({ path, at, origins }: Reading): Promise<Opened | undefined> {
  const found = await scanHeader(path);
  if (found === undefined || at <= found.end) return found && { ...found, at: found.end };
  for await (const scanned of scanRecords(path, found.end, (kind) => kind === KIND.origin))
    for (const { byte, body } of scanned) if (byte < at) readOrigin(body, origins);
  return { ...found, at };
}

async function firstSegment(directory: string, { follows, signal }: TailOptions): Promise<number | undefined> {
  for (;;) {
    const number = existsSync(directory) ? segmentNumbers(directory).at(0) : undefined;
    if (number !== undefined || signal.aborted) return number;
    if (!follows) failWithoutSegments(directory);
    await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

const endOf = ({ byte, body }: ScannedRecord): number => byte + RECORD_HEAD + body.length;

function requireStart({ kind, byte }: ScannedRecord, path: string): void {
  const where = `${path} byte ${byte}`;
  if (kind !== KIND.start) fail('input', where, 'a session that starts: the segment before has no end', `kind ${kind}`);
}

function recordsIn(scanned: readonly ScannedRecord[], reading: Reading, header: JournalHeader): TailedRecord[] {
  return scanned.flatMap(({ kind, body, byte }) => {
    if (kind === KIND.end || PASSED.has(kind)) return [];
    const where = `${reading.path} byte ${byte}`;
    if (kind === KIND.origin) {
      if (!readOrigin(body, reading.origins)) fail('input', where, 'an origin', `${body.length} bytes`);
      return [];
    }
    const records = decodeRecord(kind, body, reading.origins);
    if (records === undefined)
      return fail('input', where, 'a record of a known kind and form', `kind ${kind}, ${body.length} bytes`);
    return records.map((record) => ({ record, segment: reading.number, byte, header }));
  });
}

/** Bytes of a journal from a place on. */
export function bytesBehind(directory: string, { segment, byte }: TailPlace): number {
  const sizes = segmentNumbers(directory)
    .filter((one) => one >= segment)
    .map((one) => statSync(join(directory, segmentName(one))).size);
  return Math.max(0, sizes.reduce((sum, size) => sum + size, 0) - byte);
}

/** Forces what has been written to the disk; by whom does not matter. */
async function toDisk(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
