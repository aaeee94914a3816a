/**
 * From the records of a journal to the events of a bus, in order and each once, whatever ended the sessions in it. What has been given
 * stays so as the journal grows: how many events come before one follows from the records before it alone.
 *
 * An event by itself is given as it was recorded, also where the session refused it, because chains refuse it again wherever it is taken.
 * Of a push of several trades the session used those before the refused one, which is said behind it: they wait for what comes next, or
 * for what is recorded between two events alone, a snapshot or the word that the push has come to its end.
 * A session that goes on records the newest event of the one before again where that had not come to its end.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { JournalRecord, RecordedEvent, RecordedState } from 'minotaur-core/internal/live/record';
import { segmentName, SETTLED } from '../../journal/format.ts';
import { isSingleEvent, sameOrigin } from '../../journal/pushes.ts';
import type { TailPlace, TailedRecord } from './journal-tail.ts';

/** An epoch begins. */
export interface EpochBegin {
  readonly epoch: number;
  /** Rows before its first. */
  readonly rows: number;
  /** Absent: cold. */
  readonly state: RecordedState | undefined;
  /** Whether it had begun before: the journal has not got what came then. */
  readonly isLater: boolean;
}

/** Who is given what the records come to. */
interface JournalEars {
  onEpoch(begin: EpochBegin): void;
  /** `place`: where reading may begin anew, so that this event is the first that is given. */
  onEvent(event: RecordedEvent, place: TailPlace): void;
}

/** An event of the record: one by itself, or the trades of a push. */
interface Push {
  readonly events: RecordedEvent[];
  readonly place: TailPlace;
  /** Of its events, those that the session used. */
  used: number;
  /** Whether the record goes on with it. */
  open: boolean;
  given: boolean;
}

export interface JournalEvents {
  take(one: TailedRecord): void;
  /** Events that wait for what comes next. */
  readonly waiting: number;
  /** Where those begin that a session before left, while it is not known whether the one that goes on records them again. */
  readonly left: TailPlace | undefined;
}

/** `running`: the epoch whose records before are known; undefined where none are. */
export function createJournalEvents({ onEpoch, onEvent }: JournalEars, running: number | undefined): JournalEvents {
  let newest: Push | undefined;
  /** The newest of the session before, while it is not known whether this one records it again. */
  let before: Push | undefined;

  const give = (push: Push): void => {
    if (push.given) return;
    push.given = true;
    for (const event of push.events.slice(0, push.used)) onEvent(event, push.place);
  };
  /** The push has come to its end. */
  const settle = (push: Push | undefined): void => {
    if (push === undefined || push.given) return;
    const older = before;
    before = undefined;
    if (older !== undefined && isRepeat(push, older)) {
      // What was given is not given again, and what was cut off counts as far as it was handed in again.
      push.given = older.given;
    } else if (older !== undefined) give(older);
    give(push);
  };
  const begin = (event: RecordedEvent, { segment, byte }: TailPlace): void => {
    settle(newest);
    // What begins otherwise repeats nothing: the one before had come to its end.
    if (before !== undefined && !isSame(event, before.events[0])) {
      give(before);
      before = undefined;
    }
    newest = { events: [event], place: { segment, byte }, used: 1, open: isOpen(event), given: false };
    if (!newest.open) settle(newest);
  };
  const start = (record: JournalRecord & { kind: 'start' }, place: TailPlace): void => {
    if (running !== undefined && record.state?.recovered === true) {
      if (before !== undefined) settle(newest);
      before ??= newest;
      newest = undefined;
      return;
    }
    if (record.epoch === running) twice(running, place);
    settle(newest);
    if (before !== undefined) give(before);
    before = newest = undefined;
    const isLater = running === undefined && record.state?.recovered === true;
    running = record.epoch;
    onEpoch({ epoch: record.epoch, rows: record.rows, state: record.state, isLater });
  };
  /** Between two events. A session that went on has recorded the newest of the one before again by now, or never will. */
  const between = (): void => {
    settle(newest);
    if (newest === undefined && before !== undefined) give(before);
  };
  return {
    get waiting() {
      return [newest, before].reduce((sum, push) => sum + (push?.given === false ? push.used : 0), 0);
    },
    get left() {
      return before?.given === false ? before.place : undefined;
    },
    take({ record, header, ...place }) {
      if (record.kind === 'start') start(record, place);
      else if (record.kind === 'snapshot' && running === undefined) {
        running = header.epoch;
        onEpoch({ epoch: running, rows: record.rows, state: record.state, isLater: true });
      } else if (running === undefined) return;
      else if (record.kind === 'trade' && newest?.open === true) {
        newest.events.push(record);
        newest.used++;
        newest.open = record.more;
      } else if (record.kind === 'trade' || isSingleEvent(record)) begin(record, place);
      else if (record.kind === 'refused' && newest !== undefined && record.row === record.row)
        newest.used = Math.min(newest.used, record.row);
      else if (isBetween(record)) between();
    },
  };
}

/** Its events would be counted from 0 again, under the names of others. */
function twice(epoch: number, { segment, byte }: TailPlace): never {
  const expected = `a session that goes on with epoch ${epoch} (recovered), or one of a later epoch`;
  return fail('state', `${segmentName(segment)} byte ${byte}`, expected, `one that begins epoch ${epoch} again`);
}

/** Whether it is never recorded in the midst of an event. */
const isBetween = (record: JournalRecord): boolean =>
  record.kind === 'stop' || record.kind === 'snapshot' || (record.kind === 'note' && record.text === SETTLED);

const isOpen = (event: RecordedEvent): boolean => event.kind === 'trade' && event.more;

/** Whether a push is the newest of the session before, or as much of it as was recorded this time. */
function isRepeat({ events }: Push, { events: before }: Push): boolean {
  return events.length <= before.length && events.every((event, i) => isSame(event, before[i]));
}

function isSame(a: RecordedEvent, b: RecordedEvent): boolean {
  if (a.instrument !== b.instrument || !sameOrigin(a.origin, b.origin)) return false;
  const [one, other] = [valuesOf(a), valuesOf(b)];
  return one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
}

/** All that is told of an event beside instrument and origin. */
function valuesOf(event: RecordedEvent): readonly unknown[] {
  switch (event.kind) {
    case 'trade':
      return [event.arrival, event.time, event.price, event.quantity, event.side, ...(event.id ?? [])];
    case 'hole':
      return [event.kind, event.arrival, event.hole.from, event.hole.to, event.hole.missing];
    case 'series':
      return [
        event.kind,
        event.arrival,
        event.value.name,
        event.value.time,
        event.value.available_at,
        ...event.value.values,
      ];
    case 'bar':
      return [event.kind, event.arrival, event.clock, ...Object.entries(event.bar).flat()];
    default:
      return [event.kind, event.arrival, event.time];
  }
}
