/** Rows as partitions of Parquet files, as query engines read them: `instruments=…/schema=…/epoch=…/rows-FIRST.parquet`. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readBlocks } from '../files/parquet/row-blocks.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { failOther, type RowSource, type SinkBlock } from './sink-rows.ts';

/** Rows of a file: it holds the ordinals from a multiple of it on, so that a row has one place whoever brings it. */
const FILE_ROWS = 8192;

/** The value of a partition as readers of partitions take it apart: no part of it is a folder of its own, or a pattern. */
const partition = (key: string, value: string): string =>
  `${key}=${encodeURIComponent(value).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/**
 * Writes rows into partitions under `out`; what is there stays.
 * @throws {MinotaurError} where a row of other bits stands in its place
 */
export async function writePartitions(
  source: RowSource,
  out: string,
  told: (rows: number) => Promise<void>,
): Promise<number> {
  const { instruments, schemaId } = source;
  const part = createPart(source);
  let rows = 0;
  let at: { readonly epoch: number; readonly from: number } | undefined;
  const flush = async (): Promise<void> => {
    if (at === undefined) return;
    const folder = join(out, partition('instruments', instruments), `schema=${schemaId}`, `epoch=${at.epoch}`);
    mkdirSync(folder, { recursive: true });
    await part.writeTo(join(folder, `rows-${String(at.from).padStart(12, '0')}.parquet`), at);
  };
  for await (const block of source.blocks()) {
    for (let i = 0; i < block.count; i++) {
      const ordinal = block.ordinal + i;
      const from = ordinal - (ordinal % FILE_ROWS);
      if (at?.epoch !== block.epoch || at.from !== from) {
        await flush();
        at = { epoch: block.epoch, from };
      }
      part.add(block, i, ordinal - from);
    }
    rows += block.count;
    await told(block.count);
  }
  await flush();
  return rows;
}

/** The rows of a file, column by column. */
function createPart(source: RowSource) {
  const types: TableColumn[] = [
    { name: 'ordinal', type: 'BIGINT' },
    { name: 'time', type: 'BIGINT' },
    ...source.columns.map((name): TableColumn => ({ name, type: 'DOUBLE' })),
    { name: 'ready', type: 'BOOLEAN' },
    { name: 'complete', type: 'BOOLEAN' },
  ];
  const columns = types.map(() => new Float64Array(FILE_ROWS));
  const has = new Uint8Array(FILE_ROWS);
  return {
    add({ values, width, time, ready, complete, ordinal }: SinkBlock, i: number, at: number): void {
      has[at] = 1;
      columns[0][at] = ordinal + i;
      columns[1][at] = time[i];
      for (let c = 0; c < width; c++) columns[c + 2][at] = values[i * width + c];
      columns[width + 2][at] = ready[i];
      columns[width + 3][at] = complete[i];
    },
    /** With the rows that are there; where none came that is not, nothing is written. */
    async writeTo(path: string, { epoch, from }: { readonly epoch: number; readonly from: number }): Promise<void> {
      let fresh = has.reduce((sum, one) => sum + one, 0);
      if (existsSync(path)) {
        for await (const { count, columns: there } of readBlocks(
          path,
          types.map(({ name }) => name),
        )) {
          for (let r = 0; r < count; r++) {
            const at = there[0][r] - from;
            if (has[at] === 1) {
              if (columns.some((column, c) => !Object.is(column[at], there[c][r])))
                failOther(path, source, epoch, from + at);
              fresh--;
              continue;
            }
            has[at] = 1;
            for (let c = 0; c < columns.length; c++) columns[c][at] = there[c][r];
          }
        }
      }
      if (fresh === 0) return void has.fill(0);
      const table = createTableWriter(path, types);
      try {
        for (let at = 0; at < FILE_ROWS;) {
          const start = has.indexOf(1, at);
          if (start < 0) break;
          const gap = has.indexOf(0, start);
          at = gap < 0 ? FILE_ROWS : gap;
          table.appendColumns(at - start, columns, start);
        }
        table.commit();
      } finally {
        table.abort();
      }
      has.fill(0);
    },
  };
}
