/** Some of the rows of a directory, evenly spaced: enough to compare distributions by, in bounded memory. */
import { fail } from 'minotaur-core/internal/base/errors';
import { readBlocks } from '../files/parquet/row-blocks.ts';
import { readUsable, rowsPath } from './rows.ts';

export interface RowCount {
  readonly rows: number;
  /** Rows that are ready and complete. */
  readonly ready: number;
}

/**
 * How many rows there are.
 * @throws {MinotaurError} where there are none
 */
export async function countRows(directory: string): Promise<RowCount> {
  let rows = 0;
  let ready = 0;
  for await (const flags of readUsable(directory)) {
    rows += flags.length;
    for (let i = 0; i < flags.length; i++) ready += flags[i];
  }
  if (rows === 0) fail('input', rowsPath(directory), 'rows', 'none');
  return { rows, ready };
}

/** Ordinals of at most `most` rows, evenly spaced among those that are ready and complete, or among all. */
export async function chooseRows(
  directory: string,
  { rows, ready }: RowCount,
  of: 'ready' | 'all',
  most: number,
): Promise<Float64Array> {
  const total = of === 'ready' ? ready : rows;
  const chosen = new Float64Array(Math.min(total, most));
  let seen = 0;
  let taken = 0;
  let row = 0;
  for await (const flags of readUsable(directory)) {
    for (let i = 0; i < flags.length; i++, row++) {
      if (of === 'ready' && flags[i] !== 1) continue;
      if (seen++ === Math.floor((taken * total) / chosen.length)) chosen[taken++] = row;
    }
  }
  return chosen;
}

/** The columns named, of the rows chosen. */
export async function readSample(
  directory: string,
  names: readonly string[],
  chosen: Float64Array,
): Promise<Float64Array[]> {
  const sample = names.map(() => new Float64Array(chosen.length));
  let start = 0;
  let taken = 0;
  for await (const { count, columns } of readBlocks(rowsPath(directory), names)) {
    for (; taken < chosen.length && chosen[taken] < start + count; taken++) {
      for (let k = 0; k < names.length; k++) sample[k][taken] = columns[k][chosen[taken] - start];
    }
    start += count;
  }
  return sample;
}
