/** Rows and predictions that are no longer in memory, from the journal. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { segmentName } from '../../journal/format.ts';
import { segmentNumbers } from '../../journal/epochs.ts';
import { scanHeader } from '../../journal/scan.ts';
import { givingWay } from '../../node/giving-way.ts';
import { comparePositions, type Position } from '../protocol/position.ts';
import { createPages, EVENT, placeOf, type Page, type PastMessage, type Segment } from './segment-pages.ts';

export type { PastMessage } from './segment-pages.ts';

/** What was published before what is in memory. */
export interface History {
  /** The oldest row on record; undefined where there is none. */
  first(): Promise<Position | undefined>;
  /**
   * Rows and predictions with positions from `from` to before `to`, in the order in which they were recorded. It gives way to all
   * else, also between two that whoever reads them works on. What is put away meanwhile is missing: whoever reads holds ordinals
   * against each other.
   */
  read(from: Position, to: Position): AsyncGenerator<PastMessage>;
}

/** Where nothing is on record. */
export const NO_HISTORY: History = {
  first: () => Promise.resolve(undefined),
  async *read() {},
};

/** The history that the journal in `directory` holds. Segments may be put away from the front while it is read. */
export function createJournalHistory(directory: string): History {
  const pages = createPages();
  const segment = createSegments(directory);
  const firstIn = async (number: number): Promise<Position | undefined> => {
    const it = await segment(number);
    if (it === undefined) return undefined;
    // The first pages have no row where many events come before it.
    for (let byte: number | undefined = it.begin; byte !== undefined && it.places.length === 0;) {
      const at: number = byte;
      byte = (await unlessGone(() => pages(it, at)))?.next;
    }
    return it.places[0]?.position;
  };
  /** The newest segment whose first row is not behind `from`. */
  const startFor = async (numbers: readonly number[], from: Position): Promise<number> => {
    for (let i = numbers.length - 1; i > 0; i--) {
      const it = await segment(numbers[i]);
      if (it === undefined || it.epoch > from.epoch) continue;
      const first = await firstIn(numbers[i]);
      if (first !== undefined && comparePositions(first, from) <= 0) return i;
    }
    return 0;
  };
  /** The pages of a segment, from the one on that has `from`; those before it was put away, where it is meanwhile. */
  async function* pagesOf(it: Segment, from: Position): AsyncGenerator<Page> {
    for (let byte: number | undefined = placeOf(it, from); byte !== undefined;) {
      const at: number = byte;
      const page: Page | undefined = await unlessGone(() => pages(it, at));
      if (page === undefined) return;
      yield page;
      byte = page.next;
    }
  }
  return {
    async first() {
      for (const number of segmentNumbers(directory)) {
        const first = await firstIn(number);
        if (first !== undefined) return first;
      }
      return undefined;
    },
    async *read(from, to) {
      const numbers = segmentNumbers(directory);
      // What an event completed may be on record again behind a kill.
      const newest = { row: before(from), prediction: before(from) };
      for (let i = await startFor(numbers, from); i < numbers.length; i++) {
        const it = await segment(numbers[i]);
        // Known, but put away since: whoever reads finds that rows are missing.
        if (it === undefined || !existsSync(it.path)) continue;
        for await (const { items } of pagesOf(it, from)) {
          for (const past of items) {
            if (past === EVENT) {
              // Predictions stand behind all rows of their event, and before the next.
              if (comparePositions(newest.row, to) >= 0) return;
              continue;
            }
            const { message } = past;
            if (comparePositions(message, newest[message.kind]) <= 0) continue;
            newest[message.kind] = message;
            if (comparePositions(message, to) >= 0) continue;
            const turn = givingWay();
            if (turn !== undefined) await turn;
            yield past;
          }
        }
      }
    },
  };
}

/** Gives what is known of a segment; undefined where it has been put away, or has no header yet. */
function createSegments(directory: string): (number: number) => Promise<Segment | undefined> {
  const known = new Map<number, Promise<Segment | undefined>>();
  const read = async (number: number): Promise<Segment | undefined> => {
    const path = join(directory, segmentName(number));
    let opened: Awaited<ReturnType<typeof scanHeader>>;
    try {
      opened = await unlessGone(() => scanHeader(path));
    } finally {
      if (opened === undefined) known.delete(number);
    }
    return opened && { path, epoch: opened.header.epoch, begin: opened.end, places: [] };
  };
  return (number) => {
    const found = known.get(number) ?? read(number);
    known.set(number, found);
    return found;
  };
}

/** Undefined where the segment has been put away meanwhile. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const before = ({ epoch, ordinal }: Position): Position => ({ epoch, ordinal: ordinal - 1 });
