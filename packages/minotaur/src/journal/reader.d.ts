import type { JournalRecord } from 'minotaur-core/internal/live/record';
import { type JournalHeader } from './format.ts';
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
export declare function openJournal(directory: string): Journal;
