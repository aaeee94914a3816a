/**
 * Snapshots: a header that says whose state this is, and the state, which is doubles. Taking one is a copy, so a live
 * session can afford one after every trade.
 *
 * Layout, little-endian: magic `MNTRSNAP`, u32 format version, u32 CRC-32 of all that follows, u32 length of the text, u32
 * number of doubles, u32 number of words, four bytes of zeros, the text (UTF-8, zero-padded to 8 bytes), the doubles, the words of
 * 32 bits, which are no doubles and so keep every bit. The text is the lines of the schema and, behind an
 * empty line, what the state is of beside it.
 */
import { portableHashing, type Hashing } from './bytes/hashing.ts';
import { canonicaliseNaN } from './canonical.ts';
import { fail } from './errors.ts';
import { requireFormat } from './format.ts';
import { createSchema, requireSameSchema, type Schema } from './schema.ts';

const MAGIC_BYTES = new TextEncoder().encode('MNTRSNAP');
/** The format of snapshots that is written and read. */
export const SNAPSHOT_FORMAT = 2;
const HEADER_BYTES = 32;
/** The CRC covers what follows it. */
const CHECKED_FROM = 16;
const NEW_LINE = 10;

export interface SnapshotWriter {
  /** Bytes of a snapshot of `doubles` doubles, which `fill` writes, and of `words`; those of `over` where they are as many. */
  write(
    doubles: number,
    words: Uint32Array,
    fill: (into: Float64Array) => void,
    over?: Uint8Array<ArrayBuffer>,
  ): Uint8Array<ArrayBuffer>;
}

/** Prepares the header once: neither the schema of an engine nor what it says `beside` it changes. */
export function createSnapshotWriter(
  schema: Schema,
  beside: string,
  hashing: Hashing = portableHashing,
): SnapshotWriter {
  const rest = new TextEncoder().encode(`\n\n${beside}`);
  const textLength = schema.bytes.length + rest.length;
  const template = new Uint8Array(HEADER_BYTES + Math.ceil(textLength / 8) * 8);
  const view = new DataView(template.buffer);
  template.set(MAGIC_BYTES);
  view.setUint32(8, SNAPSHOT_FORMAT, true);
  view.setUint32(16, textLength, true);
  template.set(schema.bytes, HEADER_BYTES);
  template.set(rest, HEADER_BYTES + schema.bytes.length);
  /** How many doubles and words the template is for, and the check sum of what of it is checked. */
  const head = { doubles: NaN, words: NaN, crc: 0 };
  return {
    write(doubles, words, fill, over) {
      if (doubles !== head.doubles || words.length !== head.words) {
        view.setUint32(20, doubles, true);
        view.setUint32(24, words.length, true);
        const crc = hashing.crc32(template.subarray(CHECKED_FROM));
        Object.assign(head, { doubles, words: words.length, crc });
      }
      const length = template.length + doubles * 8 + words.length * 4;
      const fits = over instanceof Uint8Array && over.length === length && over.byteOffset % 8 === 0;
      const bytes = fits ? over : new Uint8Array(length);
      bytes.set(template);
      const start = bytes.byteOffset + template.length;
      const state = new Float64Array(bytes.buffer, start, doubles);
      fill(state);
      canonicaliseNaN(state);
      new Uint32Array(bytes.buffer, start + doubles * 8, words.length).set(words);
      const crc = hashing.crc32(bytes.subarray(template.length), head.crc);
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(12, crc, true);
      return bytes;
    },
  };
}

/** What a snapshot of the schema holds. */
export interface Snapshot {
  readonly doubles: Float64Array;
  readonly words: Uint32Array;
  /** As it was given to the writer. */
  readonly beside: string;
}

export interface SnapshotReader {
  /** What is in a snapshot, once it has proved whole and of this schema; it lies in the bytes where it can. */
  read(bytes: Uint8Array): Snapshot;
}

/** What stands before a state: the text and the numbers of doubles and words. */
interface Head {
  readonly bytes: Uint8Array;
  readonly crc: number;
  readonly beside: string;
}

/**
 * Reads snapshots of a schema. The head of the last one is remembered: a chain is restored over and over from states that begin with the same
 * 79 kB, and what is equal to them has their check sum.
 */
export function createSnapshotReader(schema: Schema, hashing: Hashing = portableHashing): SnapshotReader {
  let last: Head | undefined;
  return {
    read(bytes) {
      const { view, start, textLength, count, wordCount } = requireSnapshot(bytes);
      const found = bytes.subarray(CHECKED_FROM, start);
      const known = last !== undefined && isSame(found, last.bytes) ? last : undefined;
      const crc = known?.crc ?? hashing.crc32(found);
      const state = bytes.subarray(start);
      if (view.getUint32(12, true) !== hashing.crc32(state, crc))
        fail('state', WHERE, 'bytes as they were written', 'damaged bytes (CRC-32 differs)');
      const beside = known?.beside ?? besideOf(bytes.subarray(HEADER_BYTES, HEADER_BYTES + textLength), schema);
      if (known === undefined) last = { bytes: Uint8Array.from(found), crc, beside };
      // Copied by hand: `slice` of a Buffer is a view, whose `buffer` is a pool that holds other things too.
      const { buffer, byteOffset } = state.byteOffset % 8 === 0 ? state : Uint8Array.from(state);
      const words = new Uint32Array(buffer, byteOffset + count * 8, wordCount);
      return { doubles: new Float64Array(buffer, byteOffset, count), words, beside };
    },
  };
}

const WHERE = 'snapshot';

/** Refuses what is no snapshot of this format, or is not as long as it says. */
function requireSnapshot(bytes: Uint8Array): {
  readonly view: DataView;
  /** Of the state. */
  readonly start: number;
  readonly textLength: number;
  readonly count: number;
  readonly wordCount: number;
} {
  const isOne = bytes.length >= 12 && MAGIC_BYTES.every((byte, i) => bytes[i] === byte);
  if (!isOne) fail('state', WHERE, 'a Minotaur snapshot', `${bytes.length} bytes of something else`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireFormat({
    what: 'a snapshot',
    expected: SNAPSHOT_FORMAT,
    found: view.getUint32(8, true),
    where: WHERE,
    instead: 'start cold, over the history that the state was of',
  });
  if (bytes.length < HEADER_BYTES)
    fail('state', WHERE, `${HEADER_BYTES} bytes of header`, `${bytes.length}: it is cut`);
  const textLength = view.getUint32(16, true);
  const count = view.getUint32(20, true);
  const wordCount = view.getUint32(24, true);
  const start = HEADER_BYTES + Math.ceil(textLength / 8) * 8;
  const length = start + count * 8 + wordCount * 4;
  if (bytes.length !== length) fail('state', WHERE, `${length} bytes`, `${bytes.length}: it is cut or has grown`);
  return { view, start, textLength, count, wordCount };
}

/** What a text says beside the schema; refuses one that is not of the schema. Held against its bytes: what a chain is restored from is nearly always its own. */
function besideOf(text: Uint8Array, schema: Schema): string {
  const { length } = schema.bytes;
  const isThere = text.length >= length + 2 && text[length] === NEW_LINE && text[length + 1] === NEW_LINE;
  if (!isThere || !isSame(text.subarray(0, length), schema.bytes)) {
    const all = new TextDecoder().decode(text);
    requireSameSchema(schema, createSchema(all.slice(0, all.indexOf('\n\n')).split('\n')), WHERE);
  }
  return new TextDecoder().decode(text.subarray(length + 2));
}

/** Whether bytes are the same. By words of four, wherever they lie: there are 80,000. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  const { length } = one;
  if (length !== other.length) return false;
  const a = new DataView(one.buffer, one.byteOffset, length);
  const b = new DataView(other.buffer, other.byteOffset, length);
  const whole = length - (length % 4);
  let off = 0;
  for (let at = 0; at < whole; at += 4) off |= a.getInt32(at, true) ^ b.getInt32(at, true);
  for (let at = whole; at < length; at++) off |= one[at] ^ other[at];
  return off === 0;
}

/** Refuses a state of another length than a chain of its schema has. */
export function requireLength(found: number, expected: number): void {
  if (found !== expected) fail('state', 'snapshot', `a state of length ${expected}`, String(found));
}
