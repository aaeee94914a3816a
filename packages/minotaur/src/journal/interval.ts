/** The part of a journal that tells of a span of time. */
import type { JournalEntry, Journal } from './reader.ts';
import type { TornTail } from './raw-records.ts';
import { stateBefore } from './states.ts';

/** Microseconds: from, and the first that is not of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * From the newest state before the first trade of the span to the first push behind it, that push and what it caused included: so
 * a trade is missed where one is, also between the last of the span and the next.
 */
export function* recordsOf(
  journal: Journal,
  { from, to }: Span,
  onTorn?: (tail: TornTail) => void,
): Generator<JournalEntry> {
  let isBehind = false;
  let isOpen = false;
  for (const entry of journal.records(onTorn, stateBefore(journal, from))) {
    const { record } = entry;
    if (record.kind === 'trade') {
      if (isBehind && !isOpen) return;
      isBehind ||= record.time >= to;
      isOpen = record.more;
    } else if (isBehind && CAUSED[record.kind] !== true) return;
    yield entry;
  }
}

/** What follows an event because of it. */
const CAUSED: Partial<Record<JournalEntry['record']['kind'], true>> = {
  gap: true,
  refused: true,
  row: true,
  prediction: true,
  note: true,
};
