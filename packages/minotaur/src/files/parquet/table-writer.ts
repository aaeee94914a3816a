/**
 * Wide tables to Parquet, row group by row group, so that memory is bounded by one group.
 *
 * Data pages (parquet-pages.ts) and the format's own structures (parquet-chunks.ts, parquet-footer.ts) are put into words here: a
 * package that takes an object for each is as dear as the values where a table is short. Plain doubles and zstd level 1:
 * byte-stream-split files are a fifth smaller and take twice the time.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { createChunkWriter } from './parquet-chunks.ts';
import { appendFooter, MAGIC, rowGroup, type RowGroup } from './parquet-footer.ts';
import { encodePage, type TableColumn } from './parquet-pages.ts';
import { createOutput, type TableOutput } from './table-output.ts';
import { takeMemory, type TableRoom } from './table-room.ts';

export type { TableColumn } from './parquet-pages.ts';

/** Values of a column: numbers (BIGINT: integers; BOOLEAN: 0 or 1), a text for each row, or one text for all rows. */
type ColumnSource = Float64Array | readonly string[] | string;

export interface TableWriter {
  readonly rows: number;
  /** So many rows come next, at least: room for them is made at once, not by doubling. */
  reserve(count: number): void;
  /** Appends rows [from, from + count) of the columns, in schema order. */
  appendColumns(count: number, sources: readonly ColumnSource[], from?: number): void;
  /**
   * Appends rows to a table of one BIGINT, one VARCHAR, then DOUBLE columns, and BOOLEAN ones.
   * @param values row-major, `width` values a row, of which the first are the table's DOUBLE columns
   * @param flags the BOOLEAN columns, 0 or 1
   */
  appendRows(
    count: number,
    times: Float64Array,
    symbol: string,
    values: Float64Array,
    width: number,
    flags: readonly Float64Array[],
  ): void;
  /** Finishes the file and gives it its name. */
  commit(): void;
  /** Removes what was written; nothing happens after `commit`. */
  abort(): void;
}

/** Values of a group, unless larger ones are asked for. */
const GROUP_BYTES = 1 << 24;
/**
 * Values of one page of every column, at most: whoever reads all columns at once holds so much, however large the groups are. Of
 * pages above 16 kB each zstd finds its matches another way, in half the time; of twice as much DuckDB runs out of its memory.
 */
const PAGE_BYTES = 1 << 25;
/** Rows that there is room for at first. */
const FIRST_ROWS = 64;
/** What is held until it is written: beyond what a chunk has, more is only more memory to clear. */
const FLUSH_BYTES = 1 << 18;
/** Rows that are transposed together: their values stay in the first-level cache. */
const TILE = 16;

/** Rows of a group: about so many bytes of values, between 512 and 131,072 rows, a power of two. Depends on the schema alone. */
export function groupRowsOf(columns: number, groupBytes = GROUP_BYTES): number {
  const rows = groupBytes / (8 * Math.max(1, columns));
  let group = 512;
  while (group < 131_072 && 2 * group * group <= rows * rows) group *= 2;
  return group;
}

/** The columns of the page that is being filled, of up to `most` rows. */
function createPage(columns: readonly TableColumn[], most: number, place: TableRoom) {
  const none = new Float64Array(0);
  const numbers = columns.map(({ type }) => (type === 'VARCHAR' ? undefined : none));
  const width = numbers.filter((values) => values !== undefined).length;
  const texts = columns.map(({ type }) => (type === 'VARCHAR' ? new Array<string>(0) : undefined));
  let memory = takeMemory(place);
  let room = 0;
  return {
    numbers,
    texts,
    /** Takes what is held, up to {@link PAGE_BYTES}: a table of few rows would clear all of that for nothing. `held` rows stay. */
    makeRoom(rows: number, held: number): void {
      if (rows <= room) return;
      const isThere = room === 0 && width > 0 && memory.length >= rows * width;
      room = isThere ? Math.floor(memory.length / width) : Math.max(rows, 2 * room, FIRST_ROWS);
      room = Math.min(most, room);
      for (const words of texts) if (words !== undefined) words.length = room;
      // One piece: each of thousands is cleared by itself, and counted by the collector.
      if (!isThere) memory = new Float64Array(width * room);
      let at = 0;
      for (const [k, values] of numbers.entries()) {
        if (values === undefined) continue;
        const own = memory.subarray(at, (at += room));
        if (held > 0) own.set(values.subarray(0, held));
        numbers[k] = own;
      }
    },
    /** No more is written. */
    leave(): void {
      place.memory = memory;
    },
  };
}

/** The row group that is made of pages, and the groups already written. */
function createRowGroups(
  path: string,
  columns: readonly TableColumn[],
  output: TableOutput,
  { groupBytes, room = {} }: TableOptions,
) {
  const groupRows = groupRowsOf(columns.length, groupBytes);
  const pageRows = Math.min(groupRows, groupRowsOf(columns.length, PAGE_BYTES));
  const { numbers, texts, makeRoom, leave } = createPage(columns, pageRows, room);
  const chunks = columns.map(() => createChunkWriter());
  const written: RowGroup[] = [];
  let inPage = 0;
  let inGroup = 0;
  /** Compresses the page, so that of a group there is only what will be written. */
  const endPage = (): void => {
    if (inPage === 0) return;
    columns.forEach((column, k) => {
      const [values, words] = [numbers[k]?.subarray(0, inPage), texts[k]?.slice(0, inPage)];
      chunks[k].addPage(encodePage(column, values, words, `${path}, column ${column.name}`), inPage);
    });
    inGroup += inPage;
    inPage = 0;
  };
  const flush = (): void => {
    endPage();
    if (inGroup === 0) return;
    const start = output.bytes.offset;
    const made = chunks.map((chunk) => {
      const column = chunk.flush(output.bytes);
      output.flush(FLUSH_BYTES);
      return column;
    });
    written.push(rowGroup(inGroup, output.bytes.offset - start, made));
    inGroup = 0;
  };
  return {
    numbers,
    texts,
    written,
    flush,
    leave,
    reserve: (count: number): void => makeRoom(Math.min(pageRows, inPage + count), inPage),
    /** Calls `copy(source row, row in the page, rows)` for stretches that fit the page. */
    take(count: number, copy: (from: number, to: number, length: number) => void): void {
      for (let done = 0; done < count;) {
        const length = Math.min(count - done, pageRows - inPage);
        makeRoom(inPage + length, inPage);
        copy(done, inPage, length);
        inPage += length;
        done += length;
        if (inPage < pageRows) continue;
        endPage();
        if (inGroup === groupRows) flush();
      }
    },
  };
}

export interface TableOptions {
  /** What the file says of itself, as JSON under the key `minotaur`. */
  readonly facts?: object | undefined;
  /** Values of a row group, about; 16 MiB where absent. */
  readonly groupBytes?: number | undefined;
  /** Whether it is one of a directory that is hidden until all of it is durable. */
  readonly isInside?: boolean | undefined;
  /** Where there may be memory of a table before it, and where it leaves its own. */
  readonly room?: TableRoom | undefined;
}

/**
 * Starts a Parquet file (zstd, no nulls: an unknown DOUBLE is NaN). It appears at `path` with `commit`, whole.
 * @throws {MinotaurError} where the place cannot be written or the disk is full; nothing is left then
 */
export function createTableWriter(
  path: string,
  columns: readonly TableColumn[],
  options: TableOptions = {},
): TableWriter {
  const { facts, isInside = false } = options;
  const output = createOutput(path, isInside);
  output.bytes.appendUint32(MAGIC);
  const group = createRowGroups(path, columns, output, options);
  const { numbers, texts } = group;
  const flagsFrom = wideFlags(columns);
  let rows = 0;
  let open = true;
  const take: typeof group.take = (count, copy) => {
    if (!open) fail('internal', path, 'a table that is being written', 'one that was committed or aborted');
    group.take(count, copy);
    rows += count;
  };
  return {
    get rows() {
      return rows;
    },
    reserve: group.reserve,
    appendColumns(count, sources, from = 0) {
      take(count, (at, to, length) =>
        sources.forEach((source, k) => {
          if (typeof source === 'string') texts[k]?.fill(source, to, to + length);
          else if (source instanceof Float64Array) numbers[k]?.set(source.subarray(from + at, from + at + length), to);
          else for (let i = 0; i < length; i++) (texts[k] as string[])[to + i] = source[from + at + i];
        }),
      );
    },
    appendRows(count, times, symbol, values, width, flags) {
      if (flagsFrom + flags.length !== columns.length)
        fail(
          'internal',
          path,
          `columns BIGINT, VARCHAR, DOUBLE..., ${flags.length} BOOLEAN`,
          columns.map(({ type }) => type).join(', '),
        );
      take(count, (at, to, length) => {
        numbers[0]?.set(times.subarray(at, at + length), to);
        texts[1]?.fill(symbol, to, to + length);
        transpose(numbers.slice(2, flagsFrom) as Float64Array[], values, width, at, to, length);
        flags.forEach((flag, k) => numbers[flagsFrom + k]?.set(flag.subarray(at, at + length), to));
      });
    },
    commit() {
      if (!open) return;
      group.flush();
      appendFooter(output.bytes, { columns, groups: group.written, facts }, () => output.flush(FLUSH_BYTES));
      output.flush(0);
      output.commit();
      group.leave();
      open = false;
    },
    abort() {
      if (open) output.abort();
      open = false;
    },
  };
}

/** Where the flags of a table of rows begin, behind its doubles; -1 where it is no such table. */
function wideFlags(columns: readonly TableColumn[]): number {
  const types = columns.map(({ type }) => type);
  if (types[0] !== 'BIGINT' || types[1] !== 'VARCHAR') return -1;
  const from = types.indexOf('BOOLEAN');
  const sound = types.every((type, k) => k < 2 || type === (k < from ? 'DOUBLE' : 'BOOLEAN'));
  return sound ? from : -1;
}

/** Tile by tile: a loop over all rows is compiled while it runs, left where its inner one ends, and so run by the interpreter. */
function transpose(
  columns: readonly Float64Array[],
  values: Float64Array,
  width: number,
  from: number,
  to: number,
  length: number,
): void {
  for (let row = 0; row < length; row += TILE)
    transposeTile(columns, values, width, from + row, to + row, Math.min(TILE, length - row));
}

function transposeTile(
  columns: readonly Float64Array[],
  values: Float64Array,
  width: number,
  from: number,
  to: number,
  length: number,
): void {
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c];
    for (let i = 0, at = from * width + c; i < length; i++, at += width) column[to + i] = values[at];
  }
}
