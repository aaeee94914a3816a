import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import type { RowBlock } from './align.ts';

export interface RowDigest {
  add(rows: RowBlock): void;
  /** SHA-256 of all rows so far, in hex. */
  hex(): string;
}

/**
 * SHA-256 over the canonical bits of rows: for each row its time, its values, then whether it is ready (1 or 0), as little-endian doubles. Independent of
 * how rows were grouped into blocks.
 */
export function createRowDigest(hashing: Hashing = portableHashing): RowDigest {
  const hash = hashing.sha256();
  let record = new Float64Array(0);
  return {
    add({ count, width, time, values, ready }) {
      const length = width + 2;
      if (record.length !== count * length) record = new Float64Array(count * length);
      for (let r = 0; r < count; r++) {
        record[r * length] = time[r];
        record.set(values.subarray(r * width, (r + 1) * width), r * length + 1);
        record[(r + 1) * length - 1] = ready[r];
      }
      hash.update(new Uint8Array(record.buffer));
    },
    hex: () => hash.hex(),
  };
}
