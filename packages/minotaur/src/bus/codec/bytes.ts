/** Bytes written one after the other and read again: little-endian, texts as UTF-8 behind their length. */

import { textOf } from './texts.ts';

const encoder = new TextEncoder();

/** Grows as it is written. */
export interface ByteWriter {
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  f64(value: number): void;
  /** With its length before it, u16. */
  text(value: string): void;
  bytes(value: Uint8Array): void;
  /** What has been written, in memory of its own. */
  done(): Uint8Array<ArrayBuffer>;
}

export function createByteWriter(room = 1024): ByteWriter {
  let bytes = new Uint8Array(room);
  let view = new DataView(bytes.buffer);
  let at = 0;
  /** Makes room; gives where to write. */
  const next = (length: number): number => {
    if (at + length > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, at + length));
      larger.set(bytes.subarray(0, at));
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
    const from = at;
    at += length;
    return from;
  };
  const writer: ByteWriter = {
    u8(value) {
      const from = next(1);
      view.setUint8(from, value);
    },
    u16(value) {
      const from = next(2);
      view.setUint16(from, value, true);
    },
    u32(value) {
      const from = next(4);
      view.setUint32(from, value, true);
    },
    f64(value) {
      const from = next(8);
      view.setFloat64(from, value, true);
    },
    text(value) {
      const coded = encoder.encode(value);
      if (coded.length > 0xffff) throw new RangeError('a text of more than 65,535 bytes');
      writer.u16(coded.length);
      writer.bytes(coded);
    },
    bytes(value) {
      const from = next(value.length);
      bytes.set(value, from);
    },
    // What is full is not written into again.
    done: () => (at === bytes.length ? bytes : bytes.slice(0, at)),
  };
  return writer;
}

/** Reads from the beginning to the end. @throws {RangeError} where there is less than is asked for */
export interface ByteReader {
  u8(): number;
  u16(): number;
  u32(): number;
  f64(): number;
  text(): string;
  /** A view of them. */
  bytes(length: number): Uint8Array;
  /** Passes them; says where in `memory` they begin. */
  pass(length: number): number;
  /** In memory of their own: they begin at any byte. */
  doubles(count: number): Float64Array;
  /** Bytes that are left. */
  readonly left: number;
  /** What it reads lies in it. */
  readonly memory: ArrayBufferLike;
  /** Begins anew: with the first `length` bytes of those that it reads. */
  begin(length: number): void;
  /** Begins anew: with other bytes. */
  turnTo(bytes: Uint8Array): void;
}

export function createByteReader(given: Uint8Array): ByteReader {
  // A Buffer's `slice` would share its memory.
  let bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let end = bytes.length;
  const next = (length: number): number => {
    if (!(length >= 0 && length <= end - at)) throw new RangeError('it ends before it should');
    const from = at;
    at += length;
    return from;
  };
  const reader: ByteReader = {
    u8: () => view.getUint8(next(1)),
    u16: () => view.getUint16(next(2), true),
    u32: () => view.getUint32(next(4), true),
    f64: () => view.getFloat64(next(8), true),
    text() {
      const from = next(reader.u16());
      return textOf(bytes, from, at);
    },
    bytes: (length) => bytes.subarray(next(length), at),
    pass: (length) => bytes.byteOffset + next(length),
    doubles(count) {
      const from = next(8 * count);
      const values = new Float64Array(count);
      new Uint8Array(values.buffer).set(bytes.subarray(from, at));
      return values;
    },
    get left() {
      return end - at;
    },
    get memory() {
      return bytes.buffer;
    },
    begin(length) {
      at = 0;
      end = length;
    },
    turnTo(other) {
      bytes = new Uint8Array(other.buffer, other.byteOffset, other.byteLength);
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      reader.begin(bytes.length);
    },
  };
  return reader;
}
