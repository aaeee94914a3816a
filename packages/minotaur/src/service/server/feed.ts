/**
 * What one subscriber gets, in its order: from the journal where it is no longer in memory, then from memory. The subscriber
 * takes; nothing is kept for him beside where he is.
 */
import type { History, PastMessage } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import type { Published } from '../publication/recent.ts';
import type { Ring } from '../publication/ring.ts';
import type { Subject } from '../protocol/messages.ts';
import { comparePositions, positionAfter, positionText, type Position } from '../protocol/position.ts';

/** What a subscriber asked for is no longer there. */
export class GoneError extends Error {
  /** The oldest row that is. */
  readonly first: string;

  constructor(first: Position) {
    super(`expected ${positionText(first)} or a later row`);
    this.name = 'GoneError';
    this.first = positionText(first);
  }
}

/** A message and its bytes, from wherever. */
export type Fed = PastMessage | Published;

/** What a subscriber takes from. */
export interface SubscriberFeed {
  /** What is on record before what is in memory, from the position that was asked for. @throws {GoneError} */
  past(): AsyncGenerator<Fed>;
  /** The next that is in memory; undefined where there is none yet. @throws {GoneError} where it has gone meanwhile */
  take(): Published | undefined;
  /** Rows that are there and have not been taken. */
  lag(): number;
}

/** Takes from `from` on; `position` of rows and predictions is exact, bars and events come with the rows around them. */
export function createFeed(
  publication: Publication,
  history: History,
  { what, from }: { readonly what: ReadonlySet<Subject>; readonly from: Position },
): SubscriberFeed {
  const { recent } = publication;
  const { rows } = recent;
  let position = from;
  const notBefore =
    (least: Position) =>
    ({ position: at }: Published): boolean =>
      comparePositions(at, least) >= 0;
  const rings: Ring<Published>[] = [
    ...(what.has('rows') ? [rows] : []),
    ...(what.has('predictions') ? [recent.predictions] : []),
    ...(what.has('bars') ? recent.bars.values() : []),
    ...(what.has('events') ? [recent.events] : []),
  ];
  let cursors: number[] | undefined;
  let rowCursor = 0;
  const oldest = (): Position => rows.at(rows.first)?.position ?? publication.next;
  const begin = (): number[] => {
    rowCursor = rows.search(notBefore(position));
    return rings.map((ring) => ring.search(notBefore(ring === rows || ring === recent.predictions ? position : from)));
  };
  return {
    async *past() {
      if (comparePositions(from, oldest()) >= 0) return void (cursors = begin());
      const first = (await history.first()) ?? oldest();
      if (comparePositions(from, first) < 0) throw new GoneError(first);
      // While the journal is read, memory goes on: again, until it has the next row.
      while (comparePositions(position, oldest()) < 0) {
        const to = oldest();
        let reached = position;
        for await (const past of history.read(position, to)) {
          if (past.message.kind === 'row') {
            if (!follows(reached, past.message)) throw new GoneError(past.message);
            reached = positionAfter(past.message);
          }
          if (what.has(past.message.kind === 'row' ? 'rows' : 'predictions')) yield past;
        }
        if (!follows(reached, to)) throw new GoneError(to);
        position = to;
      }
      // At once: until it is asked for, memory may have lost the row that is due.
      cursors = begin();
    },
    take() {
      cursors ??= begin();
      let best = -1;
      let first: Published | undefined;
      for (let i = 0; i < rings.length; i++) {
        const item = rings[i].at(cursors[i]);
        if (item === undefined && cursors[i] < rings[i].first) throw new GoneError(oldest());
        if (item === undefined || (first !== undefined && first.sequence < item.sequence)) continue;
        first = item;
        best = i;
      }
      if (first === undefined) return undefined;
      cursors[best]++;
      if (first.message.kind === 'row') rowCursor++;
      return first;
    },
    lag: () => (cursors === undefined || !what.has('rows') ? 0 : rows.next - rowCursor),
  };
}

/** Whether no row is missing between the one that is due and one that came; another epoch begins where it begins. */
export function follows(due: Position, came: Position): boolean {
  return came.epoch > due.epoch || came.ordinal === due.ordinal;
}
