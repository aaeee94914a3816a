/** Rows of a rows.parquet, in order and row after row, in bounded memory: as the chain emitted them. */
import { canonicalise, wordsOf } from 'minotaur-core/internal/base/canonical';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { CHUNK_ROWS } from '../trades/source-block.ts';
import { readBlocks } from './row-blocks.ts';

/** Blocks of rows with `columns` as their values; a block is valid until the next is asked for. */
export async function* readRows(file: string, columns: readonly string[]): AsyncGenerator<RowBlock> {
  const width = columns.length;
  const values = new Float64Array(CHUNK_ROWS * width);
  const words = wordsOf(values);
  for await (const { count, columns: found } of readBlocks(file, ['time', 'ready', ...columns])) {
    const [time, ready, ...rest] = found;
    for (let c = 0; c < width; c++) {
      const column = rest[c];
      for (let r = 0, at = c; r < count; r++, at += width) values[at] = column[r];
    }
    canonicalise(values, words, 0, count * width);
    yield { count, width, time, ready, values };
  }
}
