/** Rows as PostgreSQL's binary copy format has them. Source: PostgreSQL's documentation of COPY, `Binary Format`. */
import { createHash } from 'node:crypto';
import type { RowSource, SinkBlock } from './sink-rows.ts';

export type RowLayout = 'columns' | 'array';

/** Microseconds from 1970 to 2000, from which PostgreSQL counts. */
const EPOCH_2000 = 946_684_800_000_000n;
const FLOAT8 = 701;
const FIXED_FIELDS = 8;

/** The rows of a block, one after the other, without the format's head and tail. */
export function encodeRows(
  { instruments, schemaId }: Pick<RowSource, 'instruments' | 'schemaId'>,
  block: SinkBlock,
  layout: RowLayout,
): Buffer {
  const { count, width, values, time, ready, complete } = block;
  const texts = [instruments, schemaId].map((text) => Buffer.from(text));
  const own = layout === 'array' ? 4 + 20 + 12 * width : 12 * width;
  const fixed = 2 + texts.reduce((sum, text) => sum + 4 + text.length, 0) + 3 * 12 + 2 * 5 + 36;
  const bytes = Buffer.allocUnsafe(count * (fixed + own));
  const record = new Float64Array(width + 2);
  let at = 0;
  const int64 = (value: bigint): void => {
    at = bytes.writeInt32BE(8, at);
    at = bytes.writeBigInt64BE(value, at);
  };
  for (let i = 0; i < count; i++) {
    const row = values.subarray(i * width, (i + 1) * width);
    record[0] = time[i];
    record.set(row, 1);
    record[width + 1] = ready[i] + (complete[i] === 1 ? 0 : 2);
    at = bytes.writeInt16BE(FIXED_FIELDS + (layout === 'array' ? 1 : width), at);
    for (const text of texts) {
      at = bytes.writeInt32BE(text.length, at);
      at += text.copy(bytes, at);
    }
    int64(BigInt(block.epoch));
    int64(BigInt(block.ordinal + i));
    int64(BigInt(time[i]) - EPOCH_2000);
    for (const flag of [ready[i], complete[i]]) {
      at = bytes.writeInt32BE(1, at);
      at = bytes.writeInt8(flag, at);
    }
    at = bytes.writeInt32BE(32, at);
    at += createHash('sha256').update(new Uint8Array(record.buffer)).digest().copy(bytes, at);
    if (layout === 'array') {
      // One dimension, no nulls, from 1 on.
      for (const word of [20 + 12 * width, 1, 0, FLOAT8, width, 1]) at = bytes.writeInt32BE(word, at);
    }
    for (let c = 0; c < width; c++) {
      at = bytes.writeInt32BE(8, at);
      at = bytes.writeDoubleBE(row[c], at);
    }
  }
  return bytes;
}
