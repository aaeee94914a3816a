/** The journal on disk, as docs/journal.md defines it: segments, their headers, records and their bodies. */
import { crc32 } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type {
  EmittedRow,
  JournalRecord,
  ReceivedBar,
  ReceivedTrade,
  RecordedState,
} from 'minotaur-core/internal/live/record';
import type { Prediction } from 'minotaur-core/internal/live/predictor';

const MAGIC = 'MNTRJRNL';
const FORMAT = 1;
/** Magic, format, length of the text, CRC-32 of the text, CRC-32 of all before it. */
const SEGMENT_HEAD = 24;
/** Length, kind and number, CRC-32 of these two, CRC-32 of the body. */
export const RECORD_HEAD = 16;
export const TRADE_BODY = 56;

export const KIND = {
  start: 1,
  trade: 2,
  tradeOfBlock: 3,
  bar: 4,
  advance: 5,
  refused: 6,
  row: 7,
  prediction: 8,
  snapshot: 9,
  stop: 10,
  /** The session goes on in the next segment. */
  end: 11,
} as const;

/** Whose journal this is. */
export interface JournalHeader {
  /** Counts the segments of a directory from 1. */
  readonly segment: number;
  readonly engineVersion: string;
  /** Lines of the schema; their hash is the schema id. */
  readonly schema: readonly string[];
  readonly config: unknown;
}

export const segmentName = (segment: number): string => `${String(segment).padStart(8, '0')}.journal`;

/** The number of a segment's file name; NaN where it is another file. */
export function segmentNumber(name: string): number {
  const match = /^([0-9]{8})\.journal$/.exec(name);
  return match === null ? NaN : Number(match[1]);
}

export function encodeHeader(header: JournalHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(SEGMENT_HEAD + Math.ceil(text.length / 8) * 8);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, FORMAT, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, SEGMENT_HEAD);
  view.setUint32(16, crc32(bytes.subarray(SEGMENT_HEAD)), true);
  view.setUint32(20, crc32(bytes.subarray(0, 20)), true);
  return bytes;
}

/** The header of a segment and where its records begin; undefined where the file ends before the header does. */
export function decodeHeader(bytes: Uint8Array, file: string): { header: JournalHeader; end: number } | undefined {
  const magic = new TextEncoder().encode(MAGIC);
  if (bytes.subarray(0, 8).some((byte, i) => byte !== magic[i]))
    fail('input', `${file} byte 0`, 'a segment of a journal', 'other bytes');
  if (bytes.length < SEGMENT_HEAD) return undefined;
  const view = viewOf(bytes);
  const damaged = (what: string): never =>
    fail('input', `${file} byte 0`, 'a header as it was written', `damaged bytes (CRC-32 of ${what} differs)`);
  if (view.getUint32(20, true) !== crc32(bytes.subarray(0, 20))) damaged('its head');
  const format = view.getUint32(8, true);
  if (format !== FORMAT) fail('input', `${file} byte 8`, `format ${FORMAT}`, `format ${format}`);
  const length = view.getUint32(12, true);
  const end = SEGMENT_HEAD + Math.ceil(length / 8) * 8;
  if (bytes.length < end) return undefined;
  if (view.getUint32(16, true) !== crc32(bytes.subarray(SEGMENT_HEAD, end))) damaged('its text');
  const text = new TextDecoder().decode(bytes.subarray(SEGMENT_HEAD, SEGMENT_HEAD + length));
  return { header: JSON.parse(text) as JournalHeader, end };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (values: Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** The doubles of a body, in memory of their own: bodies begin at any byte. */
function doublesIn(body: Uint8Array, from: number, to: number): Float64Array {
  const values = new Float64Array((to - from) >> 3);
  bytesOf(values).set(body.subarray(from, to));
  return values;
}

/** The words of an id in a body, in memory of their own. */
function wordsIn(body: Uint8Array, from: number): Uint32Array {
  const words = new Uint32Array(ID_WORDS);
  new Uint8Array(words.buffer).set(body.subarray(from, from + words.byteLength));
  return words;
}

export const encodeDoubles = (...values: readonly number[]): Uint8Array => bytesOf(Float64Array.from(values));

export function encodeState(state: RecordedState | undefined): Uint8Array {
  const lengths = new Uint32Array([state?.engine.length ?? 0, state?.predictor?.length ?? 0]);
  const none = new Uint8Array(0);
  return join(new Uint8Array(lengths.buffer), state?.engine ?? none, state?.predictor ?? none);
}

function decodeState(body: Uint8Array): RecordedState | undefined {
  const view = viewOf(body);
  const engine = view.getUint32(0, true);
  const predictor = view.getUint32(4, true);
  if (engine === 0) return undefined;
  const end = 8 + engine;
  return { engine: body.slice(8, end), ...(predictor === 0 ? {} : { predictor: body.slice(end, end + predictor) }) };
}

export function encodeBar(bar: GivenBar, clock: string, arrival: number): Uint8Array {
  const entries = Object.entries(bar).filter((entry): entry is [string, number] => entry[1] !== undefined);
  const names = encode([clock, ...entries.map(([name]) => name)].join('\n'));
  const head = new Uint8Array(new Uint32Array([names.length]).buffer);
  return join(head, names, encodeDoubles(arrival, ...entries.map(([, value]) => value)));
}

function decodeBar(body: Uint8Array): ReceivedBar {
  const end = 4 + viewOf(body).getUint32(0, true);
  const [clock, ...names] = decode(body.subarray(4, end)).split('\n');
  const [arrival, ...values] = doublesIn(body, end, body.length);
  const bar = Object.fromEntries(names.map((name, i) => [name, values[i]])) as unknown as GivenBar;
  return { kind: 'bar', bar, clock, arrival };
}

export function encodePrediction({ time, probability, calibrated, signal, refusal }: Prediction): Uint8Array {
  return join(encodeDoubles(time, probability, calibrated, signal), encode(refusal ?? ''));
}

function decodePrediction(body: Uint8Array): Prediction {
  const [time, probability, calibrated, signal] = doublesIn(body, 0, 32);
  const refusal = decode(body.subarray(32));
  return { time, probability, calibrated, signal, complete: true, ...(refusal === '' ? {} : { refusal }) };
}

function decodeTrade(body: Uint8Array, more: boolean): ReceivedTrade {
  const view = viewOf(body);
  const at = (i: number): number => view.getFloat64(8 * i, true);
  return {
    kind: 'trade',
    time: at(0),
    price: at(1),
    quantity: at(2),
    side: at(3),
    arrival: at(4),
    id: wordsIn(body, 40),
    more,
  };
}

function decodeRow(body: Uint8Array): EmittedRow {
  const [time, ready] = doublesIn(body, 0, 16);
  return { kind: 'row', time, ready: ready === 1, values: doublesIn(body, 16, body.length) };
}

/** A record from its kind and body; undefined for a kind that this version does not know. */
export function decodeRecord(kind: number, body: Uint8Array): JournalRecord | undefined {
  switch (kind) {
    case KIND.start:
      return { kind: 'start', state: decodeState(body) };
    case KIND.trade:
    case KIND.tradeOfBlock:
      return decodeTrade(body, kind === KIND.tradeOfBlock);
    case KIND.bar:
      return decodeBar(body);
    case KIND.advance: {
      const [time, arrival] = doublesIn(body, 0, 16);
      return { kind: 'advance', time, arrival };
    }
    case KIND.refused:
      return { kind: 'refused', message: decode(body) };
    case KIND.row:
      return decodeRow(body);
    case KIND.prediction:
      return { kind: 'prediction', prediction: decodePrediction(body) };
    case KIND.snapshot:
      return { kind: 'snapshot', state: decodeState(body) as RecordedState };
    case KIND.stop:
      return { kind: 'stop' };
    default:
      return undefined;
  }
}
