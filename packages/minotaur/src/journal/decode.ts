/** From the kind and body of a record to what was recorded. */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type {
  EmittedRow,
  JournalRecord,
  Origin,
  Received,
  ReceivedBar,
  ReceivedTrade,
} from 'minotaur-core/internal/live/record';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';
import { readBody, type BodyReader } from './bodies.ts';
import { KIND, viewOf } from './format.ts';

/** Origins by their index, as a segment has declared them so far. Index 0 is declared by nobody. */
export type Origins = Map<number, Origin>;

const NO_ORIGIN: Origin = { text: '', maxSilence: NaN };

/** Bytes before the text of a declaration: index, silence, length. */
const ORIGIN_HEAD = 16;

/** Takes a declaration; false where it is none. */
export function readOrigin(body: Uint8Array, origins: Origins): boolean {
  const read = readBody(body);
  if (read.left < ORIGIN_HEAD) return false;
  const [index, maxSilence, length] = [read.word(), read.double(), read.word()];
  if (length > read.left) return false;
  origins.set(index, { text: new TextDecoder().decode(read.bytes(length)), maxSilence });
  return true;
}

/**
 * What a record says; undefined for a kind that this version does not know, and for a body that is no such kind's. Trades of one
 * push are as many records.
 */
export function decodeRecord(kind: number, body: Uint8Array, origins: Origins): JournalRecord[] | undefined {
  try {
    return decodeWhole(kind, body, origins);
  } catch (error) {
    // It ends before it should, or its text is no JSON: the check sum is right, so somebody wrote it so.
    if (error instanceof RangeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function decodeWhole(kind: number, body: Uint8Array, origins: Origins): JournalRecord[] | undefined {
  if (kind === KIND.trade) return [decodeTrade(body, origins)];
  if (kind === KIND.trades) return decodeTrades(body, origins);
  const record = decodeOne(kind, readBody(body), origins);
  return record === undefined ? undefined : [record];
}

function decodeOne(kind: number, read: BodyReader, origins: Origins): JournalRecord | undefined {
  switch (kind) {
    case KIND.start:
      return decodeStart(read);
    case KIND.bar:
      return decodeBar(read, origins);
    case KIND.advance:
      return { kind: 'advance', ...received(read, origins), time: read.double() };
    case KIND.hole:
      return { kind: 'hole', ...received(read, origins), ...decodeHole(read) };
    case KIND.gap:
      return { kind: 'gap', ...decodeHole(read) };
    case KIND.release:
      return { kind: 'release', ...received(read, origins), time: read.double() };
    case KIND.series:
      return { kind: 'series', ...received(read, origins), value: decodeSeries(read) };
    case KIND.epoch:
      return { kind: 'epoch', epoch: read.double(), before: read.double(), row: read.double(), why: read.text() };
    case KIND.refused:
      return { kind: 'refused', row: read.double(), what: read.text(), where: read.text(), message: read.text() };
    case KIND.row:
      return decodeRow(read);
    case KIND.prediction:
      return { kind: 'prediction', ordinal: read.double(), prediction: decodePrediction(read) };
    case KIND.snapshot:
      return decodeSnapshot(read);
    case KIND.note:
      return { kind: 'note', arrival: read.double(), text: read.text() };
    case KIND.stop:
      return { kind: 'stop' };
    default:
      return undefined;
  }
}

function decodeStart(read: BodyReader): JournalRecord {
  const epoch = read.double();
  const recovered = read.word() === 1;
  const instruments = JSON.parse(read.text()) as readonly Instrument[];
  const { rows, state } = read.state();
  const whole = state && recovered ? { ...state, recovered } : state;
  return { kind: 'start', epoch, instruments, rows, state: whole };
}

function decodeSnapshot(read: BodyReader): JournalRecord | undefined {
  const { rows, state } = read.state();
  return state && { kind: 'snapshot', rows, state };
}

/** Instrument, origin and arrival, as every event but a trade begins. */
function received(read: BodyReader, origins: Origins): Received {
  const instrument = read.word();
  const origin = originOf(read.word(), origins);
  return { instrument, origin, arrival: read.double() };
}

function originOf(index: number, origins: Origins): Origin {
  return origins.get(index) ?? NO_ORIGIN;
}

/** By itself, because most records are trades. */
function decodeTrade(body: Uint8Array, origins: Origins): ReceivedTrade {
  const view = viewOf(body);
  const id = new Uint32Array(ID_WORDS);
  for (let w = 0; w < ID_WORDS; w++) id[w] = view.getUint32(40 + 4 * w, true);
  return {
    kind: 'trade',
    time: view.getFloat64(0, true),
    price: view.getFloat64(8, true),
    quantity: view.getFloat64(16, true),
    side: view.getFloat64(24, true),
    arrival: view.getFloat64(32, true),
    id,
    instrument: view.getUint32(56, true),
    origin: originOf(view.getUint32(60, true), origins),
    more: false,
  };
}

/** Column by column; the last of them is the last of its push, unless more of it follow in the next record. */
function decodeTrades(body: Uint8Array, origins: Origins): ReceivedTrade[] {
  const read = readBody(body);
  const instrument = read.word();
  const origin = originOf(read.word(), origins);
  const [count, open] = [read.word(), read.word()];
  const [time, price, quantity, side, arrival] = [0, 1, 2, 3, 4].map(() => read.doubles(count));
  const ids = read.words(ID_WORDS * count);
  return Array.from(time, (t, i): ReceivedTrade => {
    const id = ids.subarray(ID_WORDS * i, ID_WORDS * (i + 1));
    const values = { time: t, price: price[i], quantity: quantity[i], side: side[i], arrival: arrival[i], id };
    return { kind: 'trade', ...values, instrument, origin, more: i + 1 < count || open === 1 };
  });
}

function decodeBar(read: BodyReader, origins: Origins): ReceivedBar {
  const facts = received(read, origins);
  const [clock, ...names] = read.text().split('\n');
  const values = read.doubles(names.length);
  const bar = Object.fromEntries(names.map((name, i) => [name, values[i]])) as unknown as GivenBar;
  return { kind: 'bar', ...facts, bar, clock };
}

function decodeHole(read: BodyReader) {
  const [from, to, missing, first, end] = read.doubles(5);
  const hole = { from, to, ...(missing === missing ? { missing } : {}) };
  return { hole, rows: [first, end] as const };
}

function decodeSeries(read: BodyReader) {
  const name = read.text();
  const [time, available] = read.doubles(2);
  return { name, time, available_at: available, values: read.doubles(read.left >> 3) };
}

function decodeRow(read: BodyReader): EmittedRow {
  const [ordinal, time] = read.doubles(2);
  const values = read.doubles((read.left >> 3) - 1);
  const flags = read.double();
  return { kind: 'row', ordinal, time, ready: flags % 2 === 1, complete: flags < 2, values };
}

function decodePrediction(read: BodyReader): Prediction {
  const [time, probability, calibrated, signal, complete] = read.doubles(5);
  const refusal = read.text();
  return { time, probability, calibrated, signal, complete: complete === 1, ...(refusal === '' ? {} : { refusal }) };
}
