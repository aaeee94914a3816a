/** Records in which a trade stands once: a session that goes on begins by recording again the push that the one before did not come to the end of. */
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import { isSingleEvent, pushesIn, sameOrigin, type RecordedPush } from './pushes.ts';
import type { JournalEntry } from './reader.ts';

/** The pushes of sessions that went on, each once. */
export const pushesOnce = (entries: Iterable<JournalEntry>): Generator<RecordedPush> =>
  pushesIn(withoutRepeats(entries));

/** Leaves out the trades with which a session that went on repeats the newest push on record, whole or cut off. */
export function* withoutRepeats(entries: Iterable<JournalEntry>): Generator<JournalEntry> {
  /** The newest push, of which more may follow. */
  let newest: ReceivedTrade[] = [];
  let isOpen = false;
  /** What a session that went on has recorded as long as it is what stands in `newest`; undefined behind that. */
  let again: JournalEntry[] | undefined;
  for (const entry of entries) {
    const { record } = entry;
    if (record.kind === 'start') {
      // What was cut off in its repetition is repeated once more; of another beginning nothing is.
      const goesOn = record.state?.recovered === true;
      if (!goesOn) newest = [];
      again = goesOn ? [] : undefined;
      isOpen = false;
    } else if (again !== undefined && record.kind === 'trade') {
      again.push(entry);
      if (newest.length >= again.length && sameTrade(record, newest[again.length - 1])) {
        if (!record.more) again = undefined;
        continue;
      }
      newest = tradesOf(again);
      isOpen = record.more;
      yield* again;
      again = undefined;
      continue;
    } else if (record.kind === 'trade') {
      if (!isOpen) newest = [];
      newest.push(record);
      isOpen = record.more;
    } else if (isSingleEvent(record)) {
      if (again !== undefined) yield* again;
      [newest, again, isOpen] = [[], undefined, false];
    }
    yield entry;
  }
}

const tradesOf = (entries: readonly JournalEntry[]): ReceivedTrade[] =>
  entries.flatMap(({ record }) => (record.kind === 'trade' ? [record] : []));

/** Whether both are one trade as it was received once. */
function sameTrade(a: ReceivedTrade, b: ReceivedTrade): boolean {
  if (a.instrument !== b.instrument || !sameOrigin(a.origin, b.origin)) return false;
  const valuesOf = ({ time, price, quantity, side, arrival, id }: ReceivedTrade): readonly number[] => [
    time,
    price,
    quantity,
    side,
    arrival,
    ...id,
  ];
  const other = valuesOf(b);
  return valuesOf(a).every((value, i) => Object.is(value, other[i]));
}
