/** Rows of a rows.parquet, in order and row after row, in bounded memory: as the chain emitted them. */
import { canonicalise, wordsOf } from '../core/canonical.ts';
import type { RowBlock } from '../rows/align.ts';
import { chunksOf, doubleSql, doublesOf, fromParquet, openDuck, parquetColumns, readingParquet } from './duck.ts';
import { fail } from '../core/errors.ts';

/** Rows a chunk of the reader holds at most. */
const CHUNK_ROWS = 2048;

/** Blocks of rows with `columns` as their values; a block is valid until the next is asked for. */
export async function* readRows(file: string, columns: readonly string[]): AsyncGenerator<RowBlock> {
  const duck = await openDuck();
  try {
    const known = await readingParquet(file, () => parquetColumns(duck, file));
    const sql = ['time', 'ready', ...columns].map((name) => {
      const column = known.find((candidate) => candidate.name === name);
      return doubleSql(column ?? fail('input', file, `a column ${name}`, 'none'));
    });
    const width = columns.length;
    const block: RowBlock = {
      count: 0,
      width,
      time: new Float64Array(CHUNK_ROWS),
      ready: new Float64Array(CHUNK_ROWS),
      values: new Float64Array(CHUNK_ROWS * width),
    };
    const words = wordsOf(block.values);
    for await (const chunk of chunksOf(duck, file, `SELECT ${sql.join(', ')} FROM ${fromParquet(file)}`)) {
      const count = chunk.rowCount;
      block.count = count;
      block.time.set(doublesOf(chunk, 0).subarray(0, count));
      block.ready.set(doublesOf(chunk, 1).subarray(0, count));
      for (let c = 0; c < width; c++) {
        const column = doublesOf(chunk, c + 2);
        for (let r = 0, at = c; r < count; r++, at += width) block.values[at] = column[r];
      }
      canonicalise(block.values, words, 0, count * width);
      yield block;
    }
  } finally {
    duck.close();
  }
}
