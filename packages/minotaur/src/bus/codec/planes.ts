/**
 * Whole numbers by their bytes: the lowest byte of all of them, then the next of all, as far as there are any. The higher ones are
 * mostly the same, which takes a bit each, and reading them takes no branch a number.
 */
import type { ColumnVectors } from 'minotaur-core/internal/base/vectors/vectors';
import type { ByteReader, ByteWriter } from './bytes.ts';

/** How the bytes of a plane are written: all of them, those that are not the usual one, or one that all are. */
const SHAPE = { all: 0, others: 1, one: 2 } as const;
/** Of the largest number. */
const MOST_PLANES = 7;
/** Bytes of the lower word. */
export const LOW_PLANES = 4;
/** What the higher word counts. */
export const WORD = 2 ** 32;
/** How many bits of a byte are set. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Numbers below 2^56, by their lower and higher words. */
export interface Words {
  low: Uint32Array;
  high: Uint32Array;
}

/** Such memory among that which loops of vectors go over, as what is read lies in it. */
export interface PlaneRoom extends Words {
  readonly vectors: ColumnVectors;
  /** Address of their table. */
  readonly ranks: number;
}

/** Makes room for `count` numbers; what was there is gone. */
export function reserveWords(words: Words, count: number): void {
  if (words.low.length >= count) return;
  words.low = new Uint32Array(count);
  words.high = new Uint32Array(count);
}

/** Writes whole numbers from 0 below 2^53. */
export function writePlanes(writer: ByteWriter, values: Float64Array): void {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  let planes = 0;
  for (let rest = most; rest >= 1; rest /= 256) planes++;
  writer.u8(planes);
  const bytes = new Uint8Array(values.length);
  for (let p = 0; p < planes; p++) {
    const shift = 8 * (p % LOW_PLANES);
    for (let i = 0; i < values.length; i++) bytes[i] = (p < LOW_PLANES ? values[i] : values[i] / WORD) >>> shift;
    writePlane(writer, bytes);
  }
}

function writePlane(writer: ByteWriter, bytes: Uint8Array): void {
  const times = new Uint32Array(256);
  for (let i = 0; i < bytes.length; i++) times[bytes[i]]++;
  const usual = times.indexOf(times.reduce((most, count) => Math.max(most, count)));
  const others = bytes.length - times[usual];
  const mapBytes = Math.ceil(bytes.length / 8);
  if (others === 0) {
    writer.u8(SHAPE.one);
    writer.u8(usual);
  } else if (1 + mapBytes + others >= bytes.length) {
    writer.u8(SHAPE.all);
    writer.bytes(bytes);
  } else {
    writer.u8(SHAPE.others);
    writer.u8(usual);
    const map = new Uint8Array(mapBytes);
    for (let i = 0; i < bytes.length; i++) if (bytes[i] !== usual) map[i >>> 3] |= 1 << (i & 7);
    writer.bytes(map);
    writer.bytes(bytes.filter((byte) => byte !== usual));
  }
}

/**
 * Reads `count` numbers into the first places of `words`; `high` is written only where they have more than four bytes.
 * @returns how many bytes they have
 * @throws {RangeError} where there are no such numbers
 */
export function readPlanes(reader: ByteReader, words: Words | PlaneRoom, count: number): number {
  const { low, high } = words;
  const planes = reader.u8();
  if (planes > MOST_PLANES) throw new RangeError(`numbers of ${planes} bytes`);
  const isRoom = 'vectors' in words;
  // In a room the lowest bytes of a word take the place of what was there.
  if (!isRoom || planes === 0) low.fill(0, 0, count);
  if (!isRoom && planes > LOW_PLANES) high.fill(0, 0, count);
  for (let p = 0; p < planes; p++) {
    const into = p < LOW_PLANES ? low : high;
    const shift = 8 * (p % LOW_PLANES);
    if (isRoom) putPlane(reader, into, count, shift, words);
    else readPlane(reader, into, count, shift);
  }
  return planes;
}

/** {@link readPlane} by loops of vectors. */
function putPlane(reader: ByteReader, into: Uint32Array, count: number, shift: number, room: PlaneRoom): void {
  const { vectors, ranks } = room;
  const shape = shapeOf(reader);
  if (shape === SHAPE.all) return vectors.putBytes(reader.pass(count), into.byteOffset, count, shift);
  const usual = reader.u8();
  if (shape === SHAPE.one) {
    if (shift === 0) into.fill(usual, 0, count);
    else putUsual(into, count, usual << shift);
    return;
  }
  const map = reader.pass((count + 7) >>> 3);
  const others = vectors.onesOf(map, count);
  if (others < 0) throw new RangeError('bytes of no number');
  vectors.putOthers(map, reader.pass(others), into.byteOffset, count, shift, usual, ranks);
}

function shapeOf(reader: ByteReader): number {
  const shape = reader.u8();
  if (shape > SHAPE.one) throw new RangeError(`bytes of shape ${shape}`);
  return shape;
}

function readPlane(reader: ByteReader, into: Uint32Array, count: number, shift: number): void {
  const shape = shapeOf(reader);
  if (shape === SHAPE.all) {
    const bytes = reader.bytes(count);
    for (let i = 0; i < count; i++) into[i] |= bytes[i] << shift;
    return;
  }
  const usual = reader.u8() << shift;
  putUsual(into, count, usual);
  if (shape === SHAPE.others) readOthers(reader, into, count, shift, usual);
}

function putUsual(into: Uint32Array, count: number, usual: number): void {
  if (usual !== 0) for (let i = 0; i < count; i++) into[i] |= usual;
}

/** Puts other bytes in place of the usual one that is there. */
function readOthers(reader: ByteReader, into: Uint32Array, count: number, shift: number, usual: number): void {
  const map = reader.bytes((count + 7) >>> 3);
  let others = 0;
  for (let m = 0; m < map.length; m++) others += ONES[map[m]];
  if (count % 8 !== 0 && map[map.length - 1] >>> (count % 8) !== 0) throw new RangeError('bytes of no number');
  const bytes = reader.bytes(others);
  let at = 0;
  for (let m = 0; m < map.length; m++)
    for (let bits = map[m]; bits !== 0; bits &= bits - 1)
      into[8 * m + 31 - Math.clz32(bits & -bits)] ^= usual ^ (bytes[at++] << shift);
}
