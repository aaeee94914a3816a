/** Writes a journal: what is recorded is held back up to a bound, then appended to the newest segment. */
import { flag, numeric, optionsOf, requireKind, thing } from 'minotaur-core/internal/base/options';
import type { EventFacts, Hole } from 'minotaur-core/internal/chain/contract';
import type { RecordedStart, Recorder } from 'minotaur-core/internal/live/record';
import { bytesOf, encodeDoubles, encodeState, encodeTexts, encodeWords, join } from './bodies.ts';
import { newestEpoch, requireEpoch } from './epochs.ts';
import { KIND, SETTLED } from './format.ts';
import type { RecentRows } from './recent-rows.ts';
import { createRowRecords } from './row-records.ts';
import { createSegments, type JournalEars } from './segments.ts';
import { arrivalOf, createIndexes, createTradeRecords } from './trade-records.ts';

/** Where a journal is written, and how. */
export interface JournalOptions {
  /** A segment is closed before it grows beyond this. */
  readonly segmentBytes?: number;
  /** Bytes held back at most: what a killed process loses. Rows, predictions and snapshots are never held back. */
  readonly bufferBytes?: number;
  /**
   * A session that starts from a state that is not of this journal is on record once its first snapshot is, and not at all before:
   * for whoever hands in what is older than its stream first, so that no reader takes a part of that for the whole.
   */
  readonly beginsWhole?: boolean | undefined;
  /** Told of writes, and of the failure of one. */
  readonly ears?: JournalEars | undefined;
}

const JOURNAL = optionsOf<JournalOptions>(
  {},
  { segmentBytes: numeric, bufferBytes: numeric, beginsWhole: flag, ears: thing<JournalEars>('what is told') },
);

/** A recorder whose record lies on a disk. */
export interface JournalWriter extends Recorder {
  /**
   * Says that the newest event has come to its end, where a reader cannot tell that: a push of several trades may yet be refused at one
   * of them. Between two events, whenever nothing follows at once.
   */
  settle(): void;
  /** Hands all of it to the disk, and does not wait until it is there. */
  sync(): void;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;
const BUFFER_BYTES = 64 * 1024;

/**
 * A recorder that writes a journal into `directory`, behind what is there: it never touches a segment that exists. One
 * writer a directory.
 *
 * Trades are held back up to `bufferBytes` (64 KiB, some 800 trades) or until a row, a prediction, a refusal or a snapshot
 * goes out, whichever comes first; `flush` writes at once. So a killed process loses at most that, and nothing up
 * to the last row whose push has returned. Snapshots, full segments and the end of a session are forced to the disk: a machine that
 * loses power loses what the system had not written since.
 * @throws {MinotaurError} of kind `input` where the directory cannot be written
 */
export function createJournal(directory: string, options: JournalOptions = {}): JournalWriter {
  requireKind('createJournal', JOURNAL, options);
  const { segmentBytes = SEGMENT_BYTES, bufferBytes = BUFFER_BYTES, beginsWhole = false, ears } = options;
  const segments = createSegments(directory, { segmentBytes, bufferBytes, beginsWhole, ears });
  const whose = createIndexes(segments);
  const trades = createTradeRecords(segments, whose);
  const rows = createRowRecords(segments);
  const event = (facts: EventFacts | undefined): Uint8Array =>
    join(encodeWords(whose.instrument(facts), whose.origin(facts)), encodeDoubles(arrivalOf(facts, 0)));
  let newest = newestEpoch(directory);
  /** Whether the newest event is a push of several trades of which nothing says that it has come to its end. */
  let isOpen = false;
  const add = (kind: number, ...bodies: readonly Uint8Array[]): void => {
    isOpen = false;
    segments.add(kind, ...bodies);
  };
  return {
    start(start) {
      isOpen = false;
      requireEpoch(start, newest, directory);
      segments.begin(start);
      whose.begin(start);
      rows.begin(start);
      segments.add(KIND.start, ...startBody(start, rows.digest()));
      if (newest >= 0 && start.epoch !== newest) segments.add(KIND.epoch, epochBody(start, newest));
      newest = start.epoch;
    },
    trades(block, facts) {
      isOpen = block.length > 1;
      trades(block, facts);
    },
    bar(bar, facts) {
      const entries = Object.entries(bar).filter((entry): entry is [string, number] => entry[1] !== undefined);
      const names = [facts?.clock ?? '', ...entries.map(([name]) => name)].join('\n');
      const values = encodeDoubles(...entries.map(([, value]) => value));
      add(KIND.bar, join(event(facts), encodeTexts(names), values));
    },
    advance: (time, facts) => add(KIND.advance, join(event(facts), encodeDoubles(time))),
    hole: (hole, facts) => add(KIND.hole, join(event(facts), holeBody(hole, rows.recent, whose.delay()))),
    gap: (hole) => segments.add(KIND.gap, holeBody(hole, rows.recent, whose.delay())),
    release: (time, facts) => add(KIND.release, join(event(facts), encodeDoubles(time))),
    series({ name, time, available_at: available, values }, facts) {
      const body = join(encodeTexts(name), encodeDoubles(time, available), bytesOf(values));
      add(KIND.series, join(event(facts), body));
    },
    refused({ what, row, where, message }) {
      segments.add(KIND.refused, join(encodeDoubles(row), encodeTexts(what, where, message)));
    },
    rows: rows.add,
    prediction({ time, probability, calibrated, signal, complete, refusal = '' }, ordinal) {
      const values = encodeDoubles(ordinal, time, probability, calibrated, signal, +complete);
      segments.add(KIND.prediction, join(values, encodeTexts(refusal)));
    },
    snapshot(state) {
      add(KIND.snapshot, ...encodeState(rows.recent.next, rows.digest(), state));
      segments.sync();
      segments.appear();
      ears?.onSnapshot?.();
    },
    note: (text, facts) => segments.add(KIND.note, join(encodeDoubles(arrivalOf(facts, 0)), encodeTexts(text))),
    settle() {
      if (!isOpen) return;
      add(KIND.note, join(encodeDoubles(NaN), encodeTexts(SETTLED)));
      segments.flush();
    },
    flush: () => segments.flush(),
    sync: () => segments.syncSoon(),
    stop: () => segments.end(),
  };
}

function startBody({ plan, epoch, rows, state }: RecordedStart, digest: Uint8Array): readonly Uint8Array[] {
  const instruments = encodeTexts(JSON.stringify(plan.instruments));
  const goesOn = encodeWords(state?.recovered === true ? 1 : 0);
  return [encodeDoubles(epoch), goesOn, instruments, ...encodeState(rows, digest, state)];
}

/** Where rows become others than those of the epoch before. */
function epochBody({ epoch, rows, state }: RecordedStart, before: number): Uint8Array {
  const why = state === undefined ? 'a cold start' : 'another history behind a snapshot';
  return join(encodeDoubles(epoch, before, rows), encodeTexts(why));
}

/** Rows see an instrument as it was `delay` before them. */
function holeBody({ from, to, missing = NaN }: Hole, recent: RecentRows, delay: number): Uint8Array {
  return encodeDoubles(from, to, missing, ...recent.after(from + delay));
}
