/** Records of rows, and what comes of all of them: their digest, and which went out last. */
import type { RecordedStart } from 'minotaur-core/internal/live/record';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { nodeHashing } from '../node/hashing.ts';
import { onceATurn } from '../node/once-a-turn.ts';
import { KIND, RECORD_HEAD } from './format.ts';
import { createRecentRows, type RecentRows } from './recent-rows.ts';
import { createSlip, type Segments } from './segments.ts';

export interface RowRecords {
  begin(start: RecordedStart): void;
  /** A record for each row: its ordinal, then what the digest is of. */
  add(rows: RowBlock): void;
  /** State of the digest of all rows so far. */
  digest(): Uint8Array;
  readonly recent: RecentRows;
}

/**
 * Writes rows, each in place of the one before. A row is hashed once it has gone out, before the next takes its place or the digest
 * is asked for: nobody waits for what a snapshot alone needs.
 */
export function createRowRecords(segments: Segments): RowRecords {
  let digest = createRowDigest(nodeHashing);
  let recent = createRecentRows(0);
  let slip = createSlip(0);
  let row: Float64Array = new Float64Array(0);
  let hashed = slip.body;
  let isHashed = true;
  const hash = (): void => {
    if (!isHashed) digest.addRecord(hashed);
    isHashed = true;
  };
  const hashSoon = onceATurn(hash);
  const widen = (width: number): void => {
    slip = createSlip(8 * (3 + width));
    row = new Float64Array(slip.bytes.buffer, RECORD_HEAD);
    hashed = slip.body.subarray(8);
  };
  return {
    begin({ rows, state }) {
      digest = createRowDigest(nodeHashing, state?.digest);
      recent = createRecentRows(rows);
      isHashed = true;
    },
    add({ count, width, time, values, ready, complete }) {
      for (let r = 0; r < count; r++) {
        hash();
        if (row.length !== 3 + width) widen(width);
        row[0] = recent.next;
        row[1] = time[r];
        row.set(values.subarray(r * width, (r + 1) * width), 2);
        row[2 + width] = ready[r] + (complete[r] === 1 ? 0 : 2);
        segments.addSlip(KIND.row, slip);
        recent.add(time[r]);
        isHashed = false;
      }
      if (count > 0) hashSoon();
    },
    digest() {
      hash();
      return digest.state();
    },
    get recent() {
      return recent;
    },
  };
}
