/** Pushes of sessions that went on, each once: what one began to record again, and did not come to the end of, is the push of the one before. */
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import { pushesIn, sameOrigin, type RecordedPush } from './pushes.ts';
import type { JournalEntry } from './reader.ts';

/** Groups the records of a session and of those that went on behind it, in order. */
export function* pushesOnce(entries: Iterable<JournalEntry>): Generator<RecordedPush> {
  let newest: RecordedPush | undefined;
  for (const session of sessionsIn(entries)) {
    let isFirst = true;
    for (const push of pushesIn(session)) {
      // The longer one: its other trades are on record, so no venue is asked for them again.
      const isAgain = isFirst && newest !== undefined && push.cut && isBeginning(push, newest);
      isFirst = false;
      if (isAgain) continue;
      if (newest !== undefined) yield newest;
      newest = push;
    }
  }
  if (newest !== undefined) yield newest;
}

/** The records of each session; each has to be gone through before the next is asked for. */
function* sessionsIn(entries: Iterable<JournalEntry>): Generator<Generator<JournalEntry>> {
  const all = entries[Symbol.iterator]();
  let next = all.next();
  function* one(): Generator<JournalEntry> {
    do {
      if (next.done === true) return;
      yield next.value;
      next = all.next();
    } while (next.done !== true && next.value.record.kind !== 'start');
  }
  while (next.done !== true) yield one();
}

function isBeginning({ trades }: RecordedPush, { trades: whole }: RecordedPush): boolean {
  return trades.length <= whole.length && trades.every((trade, i) => sameTrade(trade, whole[i]));
}

/** Whether both are one trade as it was received once. */
export function sameTrade(a: ReceivedTrade, b: ReceivedTrade): boolean {
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
