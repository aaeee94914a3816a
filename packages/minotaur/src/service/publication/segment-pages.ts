/**
 * Rows and predictions of a segment, page by page. Who asks for a page that another is reading gets the same; those that were read
 * last are kept. A page is read in turns that give way to all else.
 */
import { givingWay } from '../../node/giving-way.ts';
import { decodeRecord } from '../../journal/decode.ts';
import { KIND, viewOf } from '../../journal/format.ts';
import { scanRecords, type ScannedRecord } from '../../journal/scan.ts';
import { framePrediction, frameRow, type Framed } from '../protocol/frame.ts';
import type { PredictionMessage, RowMessage } from '../protocol/messages.ts';
import { comparePositions, type Position } from '../protocol/position.ts';

/** A row or its prediction, read back with the bits that it went out with. */
export type PastMessage = Framed<RowMessage | PredictionMessage>;

/** Between what one event completed and what the next did. */
export const EVENT = Symbol('event');

/** Rows of a page, at most, and bytes of the segment: of slow bars a row is behind thousands of trades. */
const PAGE_ROWS = 256;
const PAGE_BYTES = 1024 * 1024;
/** Bytes that are kept, at most. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Of a block of trades: before its columns; and how many columns stand before the arrivals. */
const BLOCK_HEAD = 16;
const BEFORE_ARRIVALS = 4;
/** What a page takes in memory, and each of its messages beside its frame. */
const PAGE_ROOM = 1000;
const MESSAGE_ROOM = 500;

/** What is known of a segment: places of rows, from which reading can begin. */
interface Place {
  readonly position: Position;
  /** Of the event that its page begins with. */
  readonly byte: number;
}

/** A segment, as far as it is known. */
export interface Segment {
  readonly path: string;
  readonly epoch: number;
  /** Where its records begin. */
  readonly begin: number;
  /** The first row of each page that has one, in order. */
  readonly places: Place[];
}

/** What some rows of a segment are, and their predictions; {@link EVENT} before what each event completed. */
export interface Page {
  readonly items: readonly (PastMessage | typeof EVENT)[];
  /** Where the next begins; undefined: the segment had no more when this was read. */
  readonly next: number | undefined;
  /** In memory. */
  readonly bytes: number;
}

/** Where reading has to begin for what is at `from`. */
export function placeOf({ places, begin }: Segment, from: Position): number {
  return places.findLast(({ position }) => comparePositions(position, from) <= 0)?.byte ?? begin;
}

/** Gives the page of a segment that begins at a byte. */
export type Pages = (segment: Segment, byte: number) => Promise<Page>;

export function createPages(): Pages {
  const reading = new Map<string, Promise<Page>>();
  /** The one that was asked for last is the last. */
  const kept = new Map<string, Page>();
  let bytes = 0;
  const keep = (key: string, page: Page): void => {
    kept.set(key, page);
    bytes += page.bytes;
    for (const [oldest, old] of kept) {
      if (bytes <= KEPT_BYTES || kept.size === 1) return;
      kept.delete(oldest);
      bytes -= old.bytes;
    }
  };
  const read = (key: string, segment: Segment, byte: number): Promise<Page> => {
    const page = readPage(segment, byte);
    reading.set(key, page);
    const done = (): void => void reading.delete(key);
    // One to which rows may be added is not kept.
    page.then((whole) => {
      done();
      if (whole.next !== undefined) keep(key, whole);
    }, done);
    return page;
  };
  return async (segment, byte) => {
    const key = `${segment.path}\n${byte}`;
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const another = reading.get(key);
    if (another === undefined) return read(key, segment, byte);
    const joined = await another;
    // Where it met the end, what was asked for may have been written behind it since.
    return joined.next === undefined ? read(key, segment, byte) : joined;
  };
}

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

/** Reads until the event that the next page begins with; remembers where its first row is to be found. */
async function readPage({ path, epoch, places }: Segment, byte: number): Promise<Page> {
  const items: (PastMessage | typeof EVENT)[] = [];
  let [rows, bytes] = [0, PAGE_ROOM];
  /** The newest event, and whether it has let something out. */
  let event: ScannedRecord | undefined;
  let isFresh = false;
  for await (const records of scanRecords(path, byte, isWanted)) {
    for (const record of records) {
      if (!ROWS.has(record.kind)) {
        if (record.byte - byte >= PAGE_BYTES) return { items: [...items, EVENT], next: record.byte, bytes };
        event = record;
        isFresh = true;
        continue;
      }
      const turn = givingWay();
      if (turn !== undefined) await turn;
      if (isFresh) items.push(EVENT);
      if (isFresh && rows >= PAGE_ROWS && record.kind === KIND.row) return { items, next: event?.byte, bytes };
      isFresh = false;
      const past = messageOf(record, epoch, event === undefined ? NaN : arrivalOf(event));
      if (past.message.kind === 'row' && rows++ === 0) remember(places, past.message, byte);
      bytes += past.frame.length + MESSAGE_ROOM;
      items.push(past);
    }
  }
  if (isFresh) items.push(EVENT);
  return { items, next: undefined, bytes };
}

/** Pages begin at places, whoever reads them and from where. One that was read before is known. */
function remember(places: Place[], { epoch, ordinal }: Position, byte: number): void {
  const last = places.at(-1);
  if (last === undefined || byte > last.byte) places.push({ position: { epoch, ordinal }, byte });
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
