/** Bars that stand newest first, as many vendors write them: read whole, and the other way round. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Table, TableBlock, TableColumns } from './table-source.ts';

/** Bars that are held for it: two years of minutes. */
const MOST = 1 << 20;
/** Rows of a block. */
const BLOCK_ROWS = 8192;

/** Whether the first times of a file fall from one to the next, so that its bars would be called out of order one by one. */
export const isNewestFirst = (time: readonly number[]): boolean =>
  time.length > 1 && time.every((one, i) => i === 0 || one <= time[i - 1]) && time[0] > time[time.length - 1];

/**
 * A table whose rows stand newest first, oldest first; the places of its rows are those of the file.
 * @param name of the column with their times
 * @param most rows that are held
 * @throws where they do not stand so throughout, or are too many to be held
 */
export async function oldestFirst(table: Table, name: string, file: string, most = MOST): Promise<Table> {
  const parts: TableBlock[] = [];
  let [rows, before] = [0, Infinity];
  const refuse = (found: string): never => {
    const { [name]: time } = parts[0].columns;
    const begin = `the newest first, ${formatTime(time[0])} before ${formatTime(time[1])}`;
    return fail('input', file, 'bars in order of time, the oldest first: turn the rows around', `${begin}, ${found}`);
  };
  for await (const block of table.blocks()) {
    parts.push(block);
    rows += block.rows;
    const time = block.columns[name];
    for (let i = 0; i < block.rows; i++) {
      if (!(time[i] < before)) refuse(`but not so throughout: ${formatTime(time[i])} at ${block.place(i)}`);
      before = time[i];
    }
    if (rows > most) refuse(`of more than ${most.toLocaleString('en')} bars, as many as are turned here`);
  }
  return { ...table, blocks: () => blocksOf(turned(parts, rows)) };
}

/** All rows, the last one first. */
function turned(parts: readonly TableBlock[], rows: number): TableBlock {
  const names = Object.keys(parts[0].columns);
  const columns = Object.fromEntries(
    names.map((name) => {
      const whole = new Float64Array(rows);
      let end = rows;
      for (const block of parts) {
        whole.set(block.columns[name].subarray(0, block.rows).toReversed(), end - block.rows);
        end -= block.rows;
      }
      return [name, whole] as const;
    }),
  );
  const place = (i: number): string => {
    let at = rows - 1 - i;
    const block = parts.find((part) => at < part.rows || (at -= part.rows) < 0) as TableBlock;
    return block.place(at);
  };
  return { rows, columns, place };
}

async function* blocksOf({ rows, columns, place }: TableBlock): AsyncGenerator<TableBlock> {
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const to = Math.min(rows, from + BLOCK_ROWS);
    const part: TableColumns = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values.slice(from, to)]),
    );
    yield { rows: to - from, columns: part, place: (i) => place(from + i) };
  }
}
