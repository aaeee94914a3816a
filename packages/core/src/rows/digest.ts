import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import type { RowBlock } from './align.ts';

/** Bytes of a link of the chain. */
const LINK = 32;

/** Of the row that is being hashed; whoever goes on with a digest row by row would make one for each. */
let scratch = { record: new Float64Array(0), bytes: new Uint8Array(0) };

function recordOf(length: number): typeof scratch {
  if (scratch.record.length !== length) {
    const record = new Float64Array(length);
    scratch = { record, bytes: new Uint8Array(record.buffer) };
  }
  return scratch;
}

/** The digest of rows as they come. */
export interface RowDigest {
  /** Adds rows, in order. */
  add(rows: RowBlock): void;
  /** Adds one as it lies in a record: the bytes that are hashed. */
  addRecord(row: Uint8Array): void;
  /** Of all rows so far: what a digest goes on from, 32 bytes. */
  state(): Uint8Array<ArrayBuffer>;
  /** The same in hex. */
  hex(): string;
}

/**
 * A chain of hashes over the canonical bits of rows: with each row d becomes SHA-256(d, SHA-256(row)), from 32 zeros on. A row is
 * its time, its values, then whether it is ready (1 or 0) and 2 more where it is not complete, as little-endian doubles. How rows
 * were grouped into blocks means nothing; a run that goes on, in `from`, comes to the digest of the whole.
 */
export function createRowDigest(hashing: Hashing = portableHashing, from?: Uint8Array): RowDigest {
  // The link so far, then the hash of the row: what the next link is the hash of.
  const links = new Uint8Array(2 * LINK);
  if (from !== undefined && from.length !== LINK) fail('state', 'digest', `${LINK} bytes`, String(from.length));
  if (from !== undefined) links.set(from);
  const addRecord = (row: Uint8Array): void => {
    hashing.writeSha256(row, links, LINK);
    hashing.writeSha256(links, links, 0);
  };
  return {
    addRecord,
    add({ count, width, time, values, ready, complete }) {
      const length = width + 2;
      const { record, bytes } = recordOf(length);
      for (let r = 0; r < count; r++) {
        record[0] = time[r];
        record.set(values.subarray(r * width, (r + 1) * width), 1);
        record[length - 1] = ready[r] + (complete[r] === 1 ? 0 : 2);
        addRecord(bytes);
      }
    },
    state: () => links.slice(0, LINK),
    hex: () => hexOf(links.subarray(0, LINK)),
  };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
