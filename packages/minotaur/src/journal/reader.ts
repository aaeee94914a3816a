/** Reads a journal, also one that a crash cut off: up to the last whole record of each session. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { systemWords } from '../node/system-words.ts';
import { fail } from 'minotaur-core/internal/base/errors';
import type { JournalRecord } from 'minotaur-core/internal/live/record';
import { decodeRecord, readOrigin, type Origins } from './decode.ts';
import { segmentNumbers } from './epochs.ts';
import { decodeHeader, KIND, RECORD_HEAD, segmentName, viewOf, type JournalHeader } from './format.ts';

/** A record and where it stands. */
export interface JournalEntry {
  /** What was recorded. */
  readonly record: JournalRecord;
  /** Path of the segment that it lies in. */
  readonly segment: string;
  /** Of the segment, where the record begins. */
  readonly byte: number;
  /** Of that segment: whose session it is. */
  readonly header: JournalHeader;
}

/** Bytes at the end of a segment that are no whole record: a crash, or a session that is still running. */
export interface TornTail {
  /** Path. */
  readonly segment: string;
  /** Where the last whole record ends. */
  readonly byte: number;
  /** How many there are beyond it. */
  readonly bytes: number;
}

/** A journal as it lies in its directory. */
export interface Journal {
  /** Paths of the segments, in order. */
  readonly segments: readonly string[];
  /** Every record, in order; `onTorn` hears of tails that were cut off. One segment is in memory at a time. */
  records(onTorn?: (tail: TornTail) => void): Generator<JournalEntry>;
}

/**
 * Opens the journal in `directory`. Records whose checksum does not fit, segments that are missing and records that are
 * missing are errors of kind `input` that name segment and byte; a torn tail is no error.
 */
export function openJournal(directory: string): Journal {
  const numbers = listSegments(directory);
  if (numbers.length === 0) fail('input', directory, 'a journal: segments named 00000001.journal and on', 'none');
  numbers.forEach((number, i) => {
    if (number !== numbers[0] + i)
      fail(
        'input',
        join(directory, segmentName(numbers[0] + i)),
        'every segment between the first and the last',
        'no such file',
      );
  });
  const segments = numbers.map((number) => join(directory, segmentName(number)));
  return { segments, records: (onTorn = () => {}) => readSegments(segments, onTorn) };
}

function listSegments(directory: string): number[] {
  try {
    return segmentNumbers(directory);
  } catch (error) {
    fail('input', directory, 'the directory of a journal', systemWords(error));
  }
}

function* readSegments(segments: readonly string[], onTorn: (tail: TornTail) => void): Generator<JournalEntry> {
  // A journal whose oldest segments were put away begins where it begins.
  let continued = true;
  for (const segment of segments) {
    let first = true;
    let ended = false;
    const origins: Origins = new Map();
    for (const { kind, body, byte, header } of readRecords(segment, onTorn)) {
      if (first && !continued && kind !== KIND.start)
        fail(
          'input',
          `${segment} byte ${byte}`,
          'a session that starts: the segment before has no end',
          `kind ${kind}`,
        );
      first = false;
      ended = kind === KIND.end;
      if (ended) continue;
      if (kind === KIND.origin) {
        if (!readOrigin(body, origins)) fail('input', `${segment} byte ${byte}`, 'an origin', `${body.length} bytes`);
        continue;
      }
      const records = decodeRecord(kind, body, origins);
      if (records === undefined)
        fail(
          'input',
          `${segment} byte ${byte}`,
          'a record of a known kind and form',
          `kind ${kind}, ${body.length} bytes`,
        );
      for (const record of records) yield { record, segment, byte, header };
    }
    continued = ended;
  }
}

interface RawRecord {
  readonly kind: number;
  readonly body: Uint8Array;
  readonly byte: number;
  readonly header: JournalHeader;
}

/** The whole records of one segment. */
function* readRecords(segment: string, onTorn: (tail: TornTail) => void): Generator<RawRecord> {
  const bytes = readFileSync(segment);
  const view = viewOf(bytes);
  const torn = (byte: number): void => onTorn({ segment, byte, bytes: bytes.length - byte });
  const opened = decodeHeader(bytes, segment);
  if (opened === undefined) return torn(0);
  const { header, end } = opened;
  let at = end;
  for (let number = 0; at < bytes.length; number++) {
    const where = (): string => `${segment} byte ${at}`;
    if (at + RECORD_HEAD > bytes.length) return torn(at);
    const length = view.getUint32(at, true);
    const kindAndNumber = view.getUint32(at + 4, true);
    const check = crc32(bytes.subarray(at, at + 8));
    if (view.getUint32(at + 8, true) !== check) {
      // Where power fails, a file may have grown before its bytes were written.
      if (onlyZeros(bytes, at)) return torn(at);
      fail('input', where(), 'a record as it was written', 'damaged bytes (CRC-32 of its head differs)');
    }
    const next = at + RECORD_HEAD + length;
    if (next > bytes.length) return torn(at);
    const body = bytes.subarray(at + RECORD_HEAD, next);
    if (view.getUint32(at + 12, true) !== crc32(body, check)) {
      if (onlyZeros(bytes, next)) return torn(at);
      fail('input', where(), 'a record as it was written', 'damaged bytes (CRC-32 of its body differs)');
    }
    if (kindAndNumber >>> 8 !== (number & 0xffffff))
      fail('input', where(), `record ${number & 0xffffff} of the segment`, `record ${kindAndNumber >>> 8}`);
    yield { kind: kindAndNumber & 0xff, body, byte: at, header };
    at = next;
  }
}

/** Whether nothing follows `from`, or nothing but zeros. */
function onlyZeros(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
