import { createHash } from 'node:crypto';
import type { RowBlock } from './align.ts';

export interface RowDigest {
  add(rows: RowBlock): void;
  /** SHA-256 of all rows so far, in hex. */
  hex(): string;
}

/**
 * SHA-256 over the canonical bits of rows: for each row its time, then its values, as little-endian doubles. Independent of
 * how rows were grouped into blocks.
 */
export function createRowDigest(): RowDigest {
  const hash = createHash('sha256');
  let record = new Float64Array(0);
  return {
    add({ count, width, time, values }) {
      if (record.length !== count * (width + 1)) record = new Float64Array(count * (width + 1));
      for (let r = 0; r < count; r++) {
        record[r * (width + 1)] = time[r];
        record.set(values.subarray(r * width, (r + 1) * width), r * (width + 1) + 1);
      }
      hash.update(new Uint8Array(record.buffer));
    },
    hex: () => hash.copy().digest('hex'),
  };
}
