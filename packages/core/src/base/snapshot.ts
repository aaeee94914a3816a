/**
 * Snapshots: a header that says whose state this is, and the state, which is doubles. Taking one is a copy, so a live
 * session can afford one after every trade.
 *
 * Layout, little-endian: magic `MNTRSNAP`, u32 format version, u32 CRC-32 of all that follows, u32 length of the schema
 * text, u32 number of doubles, the schema text (UTF-8, zero-padded to 8 bytes), the doubles.
 */
import { portableHashing, type Hashing } from './bytes/hashing.ts';
import { canonicaliseNaN } from './canonical.ts';
import { fail } from './errors.ts';
import { createSchema, requireSameSchema, type Schema } from './schema.ts';

const MAGIC = 'MNTRSNAP';
const FORMAT = 1;
const HEADER_BYTES = 24;
/** The CRC covers what follows it. */
const CHECKED_FROM = 16;

export interface SnapshotWriter {
  /** Bytes of a snapshot whose doubles `fill` writes. */
  write(fill: (into: Float64Array) => void): Uint8Array<ArrayBuffer>;
}

/** Prepares the header once: the schema of an engine never changes. */
export function createSnapshotWriter(
  schema: Schema,
  doubles: number,
  hashing: Hashing = portableHashing,
): SnapshotWriter {
  const text = schema.bytes;
  const padded = Math.ceil(text.length / 8) * 8;
  const template = new Uint8Array(HEADER_BYTES + padded);
  const view = new DataView(template.buffer);
  template.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, FORMAT, true);
  view.setUint32(16, text.length, true);
  view.setUint32(20, doubles, true);
  template.set(text, HEADER_BYTES);
  return {
    write(fill) {
      const bytes = new Uint8Array(template.length + doubles * 8);
      bytes.set(template);
      const state = new Float64Array(bytes.buffer, template.length, doubles);
      fill(state);
      canonicaliseNaN(state);
      new DataView(bytes.buffer).setUint32(12, hashing.crc32(bytes.subarray(CHECKED_FROM)), true);
      return bytes;
    },
  };
}

/** The doubles of a snapshot, once it has proved whole and of this schema. */
export function readSnapshot(
  bytes: Uint8Array,
  schema: Schema,
  doubles: number,
  hashing: Hashing = portableHashing,
): Float64Array {
  const where = 'snapshot';
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (bytes.length < HEADER_BYTES || magic !== MAGIC)
    fail('state', where, 'a Minotaur snapshot', `${bytes.length} bytes of something else`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8, true) !== FORMAT) fail('state', where, `format ${FORMAT}`, `format ${view.getUint32(8, true)}`);
  const textLength = view.getUint32(16, true);
  const count = view.getUint32(20, true);
  const start = HEADER_BYTES + Math.ceil(textLength / 8) * 8;
  if (bytes.length !== start + count * 8)
    fail('state', where, `${start + count * 8} bytes`, `${bytes.length}: it is cut or has grown`);
  if (view.getUint32(12, true) !== hashing.crc32(bytes.subarray(CHECKED_FROM)))
    fail('state', where, 'bytes as they were written', 'damaged bytes (CRC-32 differs)');
  const text = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + textLength));
  requireSameSchema(schema, createSchema(text.split('\n')), where);
  if (count !== doubles) fail('state', where, `${doubles} doubles of state`, String(count));
  // Copied by hand: `slice` of a Buffer is a view, whose `buffer` is a pool that holds other things too.
  const copy = new Uint8Array(count * 8);
  copy.set(bytes.subarray(start));
  return new Float64Array(copy.buffer);
}
