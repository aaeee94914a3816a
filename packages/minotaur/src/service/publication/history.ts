/** Rows and predictions that are no longer in memory, from the journal. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KIND, segmentName, viewOf } from '../../journal/format.ts';
import { decodeRecord } from '../../journal/decode.ts';
import { segmentNumbers } from '../../journal/epochs.ts';
import { scanHeader, scanRecords, type ScannedRecord } from '../../journal/scan.ts';
import { framePrediction, frameRow, type Framed } from '../protocol/frame.ts';
import type { PredictionMessage, RowMessage } from '../protocol/messages.ts';
import { comparePositions, type Position } from '../protocol/position.ts';

/** A row or its prediction, read back with the bits that it went out with. */
export type PastMessage = Framed<RowMessage | PredictionMessage>;

/** What was published before what is in memory. */
export interface History {
  /** The oldest row on record; undefined where there is none. */
  first(): Promise<Position | undefined>;
  /** Rows and predictions with positions from `from` to before `to`, in the order in which they were recorded. */
  read(from: Position, to: Position): AsyncGenerator<PastMessage>;
}

/** Where nothing is on record. */
export const NO_HISTORY: History = {
  first: () => Promise.resolve(undefined),
  async *read() {},
};

/** Rows between two places that are remembered in a segment. */
const STRIDE = 256;
/** Of a block of trades: before its columns; and how many columns stand before the arrivals. */
const BLOCK_HEAD = 16;
const BEFORE_ARRIVALS = 4;

/** What is known of a segment: places of rows, from which reading can begin. */
interface Place {
  readonly position: Position;
  /** Of the event that let the row out, which has its arrival. */
  readonly byte: number;
}

interface Segment {
  readonly epoch: number;
  readonly begin: number;
  /** In order; the first is the segment's first row. */
  readonly places: Place[];
}

/** The history that the journal in `directory` holds. Segments may be put away from the front while it is read. */
export function createJournalHistory(directory: string): History {
  const known = new Map<number, Segment>();
  const pathOf = (number: number): string => join(directory, segmentName(number));
  const segment = async (number: number): Promise<Segment | undefined> => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const opened = await unlessGone(() => scanHeader(pathOf(number)));
    if (opened === undefined) return undefined;
    const made = { epoch: opened.header.epoch, begin: opened.end, places: [] };
    known.set(number, made);
    return made;
  };
  const firstIn = async (number: number): Promise<Position | undefined> => {
    const it = await segment(number);
    if (it === undefined) return undefined;
    if (it.places.length === 0) for await (const past of rowsOf(pathOf(number), it)) if (past !== EVENT) break;
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
        if (it === undefined || !existsSync(pathOf(numbers[i]))) continue;
        for await (const past of rowsOf(pathOf(numbers[i]), it, from)) {
          if (past === EVENT) {
            // Predictions stand behind all rows of their event, and before the next.
            if (comparePositions(newest.row, to) >= 0) return;
            continue;
          }
          const { message } = past;
          if (comparePositions(message, newest[message.kind]) <= 0) continue;
          newest[message.kind] = message;
          if (comparePositions(message, to) < 0) yield past;
        }
      }
    },
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

/** Between what one event completed and what the next did. */
const EVENT = Symbol('event');

const ROWS: ReadonlySet<number> = new Set([KIND.row, KIND.prediction]);
const EVENTS: ReadonlySet<number> = new Set([
  KIND.trade,
  KIND.trades,
  KIND.bar,
  KIND.advance,
  KIND.hole,
  KIND.release,
  KIND.series,
]);
const isWanted = (kind: number): boolean => ROWS.has(kind) || EVENTS.has(kind);

/** Rows and predictions of a segment, from a place at or before `from`; remembers places on the way. */
async function* rowsOf(
  path: string,
  { epoch, begin, places }: Segment,
  from: Position = { epoch, ordinal: 0 },
): AsyncGenerator<PastMessage | typeof EVENT> {
  const place = places.findLast(({ position }) => comparePositions(position, from) <= 0);
  let event = place?.byte ?? begin;
  let arrival = NaN;
  for await (const records of scanRecords(path, event, isWanted)) {
    for (const record of records) {
      if (!ROWS.has(record.kind)) {
        event = record.byte;
        arrival = arrivalOf(record);
        yield EVENT;
        continue;
      }
      const past = messageOf(record, epoch, arrival);
      if (past.message.kind === 'row') remember(places, past.message, event);
      yield past;
    }
  }
}

function remember(places: Place[], { epoch, ordinal }: Position, byte: number): void {
  const last = places.at(-1);
  if (last === undefined || ordinal >= last.position.ordinal + STRIDE)
    places.push({ position: { epoch, ordinal }, byte });
}

/** Of the last trade of a push, as a session that is pushed one after the other has it. */
function arrivalOf({ kind, body }: ScannedRecord): number {
  const view = viewOf(body);
  if (kind === KIND.trade) return view.getFloat64(32, true);
  if (kind !== KIND.trades) return view.getFloat64(8, true);
  const count = view.getUint32(8, true);
  return view.getFloat64(BLOCK_HEAD + 8 * (BEFORE_ARRIVALS * count + count - 1), true);
}

function messageOf({ kind, body }: ScannedRecord, epoch: number, arrival: number): PastMessage {
  const [record] = decodeRecord(kind, body, new Map()) ?? [];
  if (record?.kind === 'row') return frameRow({ ...record, epoch, arrival });
  if (record?.kind !== 'prediction') throw new TypeError(`expected a row or a prediction, found kind ${kind}`);
  const { refusal = '', ...prediction } = record.prediction;
  return framePrediction({ kind: 'prediction', epoch, ordinal: record.ordinal, arrival, ...prediction, refusal });
}
