/** What is asked for over REST: rows, predictions and bars of a range, from memory or from the journal. */
import type { Message, PredictionMessage, RowMessage } from '../protocol/messages.ts';
import { comparePositions, positionAfter, positionText, type Position } from '../protocol/position.ts';
import type { History } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import type { Ring } from '../publication/ring.ts';
import { follows, GoneError } from './feed.ts';
import type { JournalLine } from './journal-line.ts';
import { requireNotAhead, requireOpen } from './requests.ts';

/** A range that is asked for. */
export interface Range {
  /** Absent: the newest. */
  readonly from: Position | undefined;
  readonly limit: number;
}

/** What may be asked for by position. */
interface ByPosition {
  readonly row: RowMessage;
  readonly prediction: PredictionMessage;
}

/** Where ranges are read from. */
export interface Past {
  readonly publication: Publication;
  readonly history: History;
  /** Of those who need the history. */
  readonly line: JournalLine;
}

/**
 * At most `limit` messages of a kind, in order, from `from` on.
 * @throws {GoneError} where the journal does not reach back so far
 * @throws {RequestError} where too many want to read it
 */
export async function rangeOf<K extends keyof ByPosition>(
  kind: K,
  { publication, history, line }: Past,
  { from, limit }: Range,
): Promise<readonly ByPosition[K][]> {
  requireOpen(publication);
  const { next, recent } = publication;
  const ring = (kind === 'row' ? recent.rows : recent.predictions) as unknown as Ring<{
    readonly position: Position;
    readonly message: ByPosition[K];
  }>;
  const start = from ?? { epoch: next.epoch, ordinal: Math.max(0, next.ordinal - limit) };
  requireNotAhead(start, publication);
  const oldest = (): Position => ring.at(ring.first)?.position ?? publication.next;
  const inMemory = (count: number): readonly ByPosition[K][] => {
    const begin = ring.search(({ position }) => comparePositions(position, start) >= 0);
    return ring.take(begin, count).map(({ message }) => message);
  };
  if (comparePositions(start, oldest()) >= 0) return inMemory(limit);
  return line(async () => {
    const first = (await history.first()) ?? oldest();
    if (from !== undefined && comparePositions(from, first) < 0) throw new GoneError(first);
    const found: ByPosition[K][] = [];
    let reached = comparePositions(start, first) < 0 ? first : start;
    // While the journal is read, memory goes on: again, until it has the next.
    while (comparePositions(reached, oldest()) < 0) {
      const to = oldest();
      let due = reached;
      for await (const { message } of history.read(reached, to)) {
        if (message.kind === 'row') {
          // A segment may be put away while it is read.
          if (!follows(due, message)) throw new GoneError(message);
          due = positionAfter(message);
        }
        if (message.kind === kind) found.push(message as Message as ByPosition[K]);
        if (found.length === limit) return found;
      }
      if (!follows(due, to)) throw new GoneError(to);
      reached = to;
    }
    return [...found, ...inMemory(limit - found.length)];
  });
}

/** Where the next range begins. */
export function nextOf(messages: readonly Position[], { next }: Publication): string {
  const last = messages.at(-1);
  return positionText(last === undefined ? next : positionAfter(last));
}
