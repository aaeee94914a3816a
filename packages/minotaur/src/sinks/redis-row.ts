/**
 * A row as one blob: magic `MNTRROW1`, then as little-endian doubles epoch, ordinal, time (microseconds), whether it is ready (1
 * or 0) and 2 more where it is not complete; the schema id, 32 bytes; the values, in the order of the columns, to the end.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { SinkBlock } from './sink-rows.ts';

const MAGIC = 'MNTRROW1';
const SCHEMA_AT = 40;
const VALUES_AT = 72;

/** What a blob says beside its values. */
export interface StoredRow {
  /** Counts cold restarts. */
  readonly epoch: number;
  /** Rows of its epoch before it. */
  readonly ordinal: number;
  /** When it was emitted, microseconds. */
  readonly time: number;
  /** Whether every clock was warm. */
  readonly ready: boolean;
  /** Whether no trade is known to be missing in it. */
  readonly complete: boolean;
  /** Of its chain. */
  readonly schemaId: string;
}

/** Row `i` of a block. */
export function encodeRow(schemaId: string, block: SinkBlock, i: number): Buffer {
  const { width, values } = block;
  const bytes = Buffer.allocUnsafe(VALUES_AT + 8 * width);
  bytes.write(MAGIC, 'latin1');
  const flags = block.ready[i] + (block.complete[i] === 1 ? 0 : 2);
  [block.epoch, block.ordinal + i, block.time[i], flags].forEach((value, k) => bytes.writeDoubleLE(value, 8 + 8 * k));
  bytes.write(schemaId, SCHEMA_AT, 'hex');
  for (let c = 0, at = VALUES_AT; c < width; c++, at += 8) bytes.writeDoubleLE(values[i * width + c], at);
  return bytes;
}

/** @throws {MinotaurError} where `bytes`, which are at `where`, are no row */
export function decodeRow(bytes: Buffer, where: string): StoredRow & { readonly numbers: Float64Array } {
  if (bytes.length < VALUES_AT || bytes.length % 8 !== 0 || bytes.toString('latin1', 0, 8) !== MAGIC)
    fail('state', where, `a row (${MAGIC})`, `${bytes.length} bytes of something else`);
  const [epoch, ordinal, time, flags] = [0, 1, 2, 3].map((k) => bytes.readDoubleLE(8 + 8 * k));
  const numbers = Float64Array.from({ length: (bytes.length - VALUES_AT) / 8 }, (_, c) =>
    bytes.readDoubleLE(VALUES_AT + 8 * c),
  );
  const schemaId = bytes.toString('hex', SCHEMA_AT, VALUES_AT);
  return { epoch, ordinal, time, ready: flags % 2 === 1, complete: flags < 2, schemaId, numbers };
}
