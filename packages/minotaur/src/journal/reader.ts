/** Reads a journal, also one that a crash cut off: up to the last whole record of each session. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemWords } from '../node/system-words.ts';
import { fail } from 'minotaur-core/internal/base/errors';
import type { JournalRecord } from 'minotaur-core/internal/live/record';
import { decodeRecord, readOrigin, type Origins } from './decode.ts';
import { failWithoutSegments, segmentNumbers } from './epochs.ts';
import { KIND, segmentName, type JournalHeader } from './format.ts';
import { rawRecords, type TornTail } from './raw-records.ts';

/** Where a record stands. */
export interface JournalPlace {
  /** Path of the segment that it lies in. */
  readonly segment: string;
  /** Of the segment, where the record begins. */
  readonly byte: number;
}

/** A record and where it stands. */
export interface JournalEntry extends JournalPlace {
  /** What was recorded. */
  readonly record: JournalRecord;
  /** Of that segment: whose session it is. */
  readonly header: JournalHeader;
}

/** A journal as it lies in its directory. */
export interface Journal {
  /** Paths of the segments, in order. */
  readonly segments: readonly string[];
  /**
   * Every record, in order, or those from `from` on; `onTorn` hears of tails that were cut off. One segment is in memory at a
   * time.
   */
  records(onTorn?: (tail: TornTail) => void, from?: JournalPlace): Generator<JournalEntry>;
}

/**
 * Opens the journal in `directory`. Records whose checksum does not fit, segments that are missing and records that are
 * missing are errors of kind `input` that name segment and byte; a torn tail is no error.
 */
export function openJournal(directory: string): Journal {
  const numbers = listSegments(directory);
  if (numbers.length === 0) failWithoutSegments(directory);
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
  return { segments, records: (onTorn = () => {}, from) => readSegments(segments, onTorn, from) };
}

function listSegments(directory: string): number[] {
  try {
    return segmentNumbers(directory);
  } catch (error) {
    fail('input', directory, 'the directory of a journal', systemWords(error));
  }
}

function* readSegments(
  segments: readonly string[],
  onTorn: (tail: TornTail) => void,
  from: JournalPlace | undefined,
): Generator<JournalEntry> {
  // A journal whose oldest segments were put away begins where it begins.
  let continued = true;
  for (const segment of segments.slice(from === undefined ? 0 : segments.indexOf(from.segment))) {
    let first = true;
    let ended = false;
    const origins: Origins = new Map();
    const least = segment === from?.segment ? from.byte : 0;
    for (const { kind, body, byte, header } of rawRecords(readFileSync(segment), segment, onTorn)) {
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
      if (byte < least) continue;
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
