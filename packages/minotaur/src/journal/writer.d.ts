import type { Recorder } from 'minotaur-core/internal/live/record';
/** Where a journal is written, and how. */
export interface JournalOptions {
  /** Version of the engine whose session is recorded, for the header. */
  readonly engineVersion: string;
  /** A segment is closed before it grows beyond this. */
  readonly segmentBytes?: number;
  /** Bytes held back at most: what a killed process loses. Rows, predictions and snapshots are never held back. */
  readonly bufferBytes?: number;
}
/**
 * A recorder that writes a journal into `directory`, behind what is there: it never touches a segment that exists. One
 * writer a directory.
 *
 * Trades are held back up to `bufferBytes` (64 KiB, some 900 trades) or until a row, a prediction, a refusal or a snapshot
 * goes out, whichever comes first; `flush` writes at once. So a killed process loses at most that, and nothing up
 * to the last row whose push has returned. Snapshots, full segments and the end of a session are forced to the disk: a machine that
 * loses power loses what the system had not written since.
 * @throws {MinotaurError} of kind `input` where the directory cannot be written
 */
export declare function createJournal(directory: string, options: JournalOptions): Recorder;
