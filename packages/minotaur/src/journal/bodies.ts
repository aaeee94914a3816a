/** Bodies of records: numbers as they are in memory, little-endian, and texts as UTF-8. */
import type { RecordedState } from 'minotaur-core/internal/live/record';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';

/** Bytes of a row digest's state. */
const DIGEST = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const encodeText = (text: string): Uint8Array => encoder.encode(text);

export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export const encodeDoubles = (...values: readonly number[]): Uint8Array => bytesOf(Float64Array.from(values));

export const encodeWords = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(Uint32Array.from(values).buffer);

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** Texts one after the other, each with its length before it. */
export function encodeTexts(...texts: readonly string[]): Uint8Array {
  return join(
    ...texts.flatMap((text) => {
      const bytes = encodeText(text);
      return [encodeWords(bytes.length), bytes];
    }),
  );
}

/** State and digest of a session, and how many rows it had emitted: in pieces, of which the states are as they were taken. */
export function encodeState(rows: number, digest: Uint8Array, state: RecordedState | undefined): readonly Uint8Array[] {
  const none = new Uint8Array(0);
  const { engine = none, predictor = none } = state ?? {};
  return [encodeDoubles(rows), digest, encodeWords(engine.length, predictor.length), engine, predictor];
}

/** Reads a body from its beginning to its end; it throws a RangeError where there is less than is asked for. */
export interface BodyReader {
  double(): number;
  word(): number;
  /** Doubles in memory of their own: bodies begin at any byte. */
  doubles(count: number): Float64Array;
  /** The words of an id, or of many. */
  words(count: number): Uint32Array;
  /** With its length before it. */
  text(): string;
  /** Copied. */
  bytes(count: number): Uint8Array;
  state(): { readonly rows: number; readonly digest: Uint8Array; readonly state: RecordedState | undefined };
  /** Bytes that are left. */
  readonly left: number;
}

export function readBody(body: Uint8Array): BodyReader {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let at = 0;
  const next = (length: number): number => {
    if (!(length >= 0 && length <= body.length - at)) throw new RangeError('a body that ends before it should');
    const from = at;
    at += length;
    return from;
  };
  const reader: BodyReader = {
    double: () => view.getFloat64(next(8), true),
    word: () => view.getUint32(next(4), true),
    doubles(count) {
      const from = next(8 * count);
      const values = new Float64Array(count);
      bytesOf(values).set(body.subarray(from, at));
      return values;
    },
    words(count) {
      const from = next(4 * count);
      const values = new Uint32Array(count);
      new Uint8Array(values.buffer).set(body.subarray(from, at));
      return values;
    },
    text() {
      const length = reader.word();
      return decoder.decode(body.subarray(at, next(length) + length));
    },
    bytes: (count) => body.slice(at, next(count) + count),
    state() {
      const rows = reader.double();
      const digest = reader.bytes(DIGEST);
      const [engine, predictor] = [reader.word(), reader.word()];
      if (engine === 0) return { rows, digest, state: undefined };
      const state = { engine: reader.bytes(engine), digest };
      return { rows, digest, state: predictor === 0 ? state : { ...state, predictor: reader.bytes(predictor) } };
    },
    get left() {
      return body.length - at;
    },
  };
  return reader;
}

/** Bytes of the body of one trade: four values and the arrival, the id, instrument and origin. */
export const TRADE_BODY = 8 * 5 + 4 * ID_WORDS + 8;
