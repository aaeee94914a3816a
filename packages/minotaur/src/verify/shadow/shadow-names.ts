/** Whether two rows on record have one name: instruments, schema, epoch and ordinal have to tell them apart. */
import { crc32 } from 'node:zlib';
import type { EmittedRow } from 'minotaur-core/internal/live/record';

export interface RowNames {
  /** Rows of an epoch that are on record, with those before its oldest. */
  count(epoch: number): number;
  /** Whether another row of that epoch and ordinal was on record before; the same row may be there any number of times. */
  isTaken(epoch: number, row: EmittedRow): boolean;
}

export function createRowNames(): RowNames {
  /** Check sums of rows by ordinal, plus 1; 0 where there is none. */
  const epochs = new Map<number, number[]>();
  return {
    count: (epoch) => epochs.get(epoch)?.length ?? 0,
    isTaken(epoch, row) {
      let known = epochs.get(epoch);
      if (known === undefined) epochs.set(epoch, (known = []));
      const sum = sumOf(row) + 1;
      const before = known[row.ordinal] ?? 0;
      known[row.ordinal] = sum;
      return before !== 0 && before !== sum;
    },
  };
}

function sumOf({ time, ready, complete, values }: EmittedRow): number {
  const head = Float64Array.of(time, +ready, +complete);
  const { buffer, byteOffset, byteLength } = values;
  return crc32(new Uint8Array(buffer, byteOffset, byteLength), crc32(new Uint8Array(head.buffer)));
}
