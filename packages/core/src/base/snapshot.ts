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

const MAGIC = 'MNTRSNAP';
/** The format of snapshots that is written and read. */
export const SNAPSHOT_FORMAT = 2;
const HEADER_BYTES = 32;
/** The CRC covers what follows it. */
const CHECKED_FROM = 16;
const NEW_LINE = 10;

export interface SnapshotWriter {
  /** Bytes of a snapshot of `doubles` doubles, which `fill` writes, and of `words`. */
  write(doubles: number, words: Uint32Array, fill: (into: Float64Array) => void): Uint8Array<ArrayBuffer>;
}

/** Prepares the header once: neither the schema of an engine nor what it says `beside` it changes. */
export function createSnapshotWriter(
  schema: Schema,
  beside: string,
  hashing: Hashing = portableHashing,
): SnapshotWriter {
  const rest = new TextEncoder().encode(`\n\n${beside}`);
  const length = schema.bytes.length + rest.length;
  const template = new Uint8Array(HEADER_BYTES + Math.ceil(length / 8) * 8);
  const view = new DataView(template.buffer);
  template.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, SNAPSHOT_FORMAT, true);
  view.setUint32(16, length, true);
  template.set(schema.bytes, HEADER_BYTES);
  template.set(rest, HEADER_BYTES + schema.bytes.length);
  return {
    write(doubles, words, fill) {
      const bytes = new Uint8Array(template.length + doubles * 8 + words.length * 4);
      bytes.set(template);
      const state = new Float64Array(bytes.buffer, template.length, doubles);
      fill(state);
      canonicaliseNaN(state);
      new Uint32Array(bytes.buffer, template.length + doubles * 8).set(words);
      const head = new DataView(bytes.buffer);
      head.setUint32(20, doubles, true);
      head.setUint32(24, words.length, true);
      head.setUint32(12, hashing.crc32(bytes.subarray(CHECKED_FROM)), true);
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

/** What is in a snapshot, once it has proved whole and of this schema. */
export function readSnapshot(bytes: Uint8Array, schema: Schema, hashing: Hashing = portableHashing): Snapshot {
  const where = 'snapshot';
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (bytes.length < 12 || magic !== MAGIC)
    fail('state', where, 'a Minotaur snapshot', `${bytes.length} bytes of something else`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireFormat({
    what: 'a snapshot',
    expected: SNAPSHOT_FORMAT,
    found: view.getUint32(8, true),
    where,
    instead: 'start cold, over the history that the state was of',
  });
  if (bytes.length < HEADER_BYTES)
    fail('state', where, `${HEADER_BYTES} bytes of header`, `${bytes.length}: it is cut`);
  const textLength = view.getUint32(16, true);
  const count = view.getUint32(20, true);
  const wordCount = view.getUint32(24, true);
  const start = HEADER_BYTES + Math.ceil(textLength / 8) * 8;
  const length = start + count * 8 + wordCount * 4;
  if (bytes.length !== length) fail('state', where, `${length} bytes`, `${bytes.length}: it is cut or has grown`);
  if (view.getUint32(12, true) !== hashing.crc32(bytes.subarray(CHECKED_FROM)))
    fail('state', where, 'bytes as they were written', 'damaged bytes (CRC-32 differs)');
  const text = bytes.subarray(HEADER_BYTES, HEADER_BYTES + textLength);
  requireSchema(text, schema, where);
  // Copied by hand: `slice` of a Buffer is a view, whose `buffer` is a pool that holds other things too.
  const copy = new Uint8Array(length - start);
  copy.set(bytes.subarray(start));
  const words = new Uint32Array(copy.buffer, count * 8);
  const beside = new TextDecoder().decode(text.subarray(schema.bytes.length + 2));
  return { doubles: new Float64Array(copy.buffer, 0, count), words, beside };
}

/** Refuses a text that is not of the schema. Held against its bytes: what a chain is restored from is nearly always its own. */
function requireSchema(text: Uint8Array, schema: Schema, where: string): void {
  const { length } = schema.bytes;
  const isThere = text.length >= length + 2 && text[length] === NEW_LINE && text[length + 1] === NEW_LINE;
  if (isThere && beginsWith(text, schema.bytes)) return;
  const all = new TextDecoder().decode(text);
  requireSameSchema(schema, createSchema(all.slice(0, all.indexOf('\n\n')).split('\n')), where);
}

/** Whether a longer text begins with `start`. By words of four bytes, wherever the text lies: a schema has 60,000. */
function beginsWith(text: Uint8Array, start: Uint8Array): boolean {
  const a = new DataView(text.buffer, text.byteOffset, start.length);
  const b = new DataView(start.buffer, start.byteOffset, start.length);
  const { length } = start;
  const whole = length - (length % 4);
  let off = 0;
  for (let at = 0; at < whole; at += 4) off |= a.getInt32(at, true) ^ b.getInt32(at, true);
  for (let at = whole; at < length; at++) off |= text[at] ^ start[at];
  return off === 0;
}

/** Refuses a state of another length than a chain of its schema has. */
export function requireLength(found: number, expected: number): void {
  if (found !== expected) fail('state', 'snapshot', `a state of length ${expected}`, String(found));
}
