/**
 * Wide tables to Parquet, row group by row group, so that memory is bounded by one group.
 *
 * The data pages are made here (parquet-pages.ts) and the format's own structures by hyparquet-writer (parquet-chunks.ts,
 * parquet-footer.ts), whose page encoders took a third longer. Plain doubles and zstd level 1: byte-stream-split files are a fifth
 * smaller and take twice the time.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { fail } from 'minotaur-core/internal/base/errors';
import { partialFile } from '../atomic.ts';
import { writing } from '../../node/writing.ts';
import { createChunkWriter } from './parquet-chunks.ts';
import { appendFooter, MAGIC, rowGroup, type RowGroup } from './parquet-footer.ts';
import { encodePage, type TableColumn } from './parquet-pages.ts';

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
const FLUSH_BYTES = 1 << 20;
/** Rows that are transposed together: their values stay in the first-level cache. */
const TILE = 16;

/** Rows of a group: about so many bytes of values, between 512 and 131,072 rows, a power of two. Depends on the schema alone. */
export function groupRowsOf(columns: number, groupBytes = GROUP_BYTES): number {
  const rows = groupBytes / (8 * Math.max(1, columns));
  let group = 512;
  while (group < 131_072 && 2 * group * group <= rows * rows) group *= 2;
  return group;
}

/** A file under a hidden name that is appended to in pieces. */
function createOutput(target: string) {
  const file = partialFile(target);
  let handle = writing(target, () => openSync(file.path, 'w'));
  const bytes = new ByteWriter(1 << 16);
  const close = (): void => {
    if (handle >= 0) closeSync(handle);
    handle = -1;
  };
  const abort = (): void => {
    close();
    file.abort();
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return writing(target, work);
    } catch (error) {
      abort();
      throw error;
    }
  };
  return {
    bytes,
    abort,
    flush(atLeast: number): void {
      if (bytes.index < atLeast) return;
      guarded(() => {
        const view = bytes.getBytes();
        for (let at = 0; at < view.length;) at += writeSync(handle, view, at);
      });
      bytes.index = 0;
    },
    commit: () =>
      guarded(() => {
        close();
        file.commit();
      }),
  };
}

/** The page of each column that is being filled, the row group that is made of pages, and the groups already written. */
function createRowGroups(
  path: string,
  columns: readonly TableColumn[],
  output: ReturnType<typeof createOutput>,
  groupBytes: number | undefined,
) {
  const groupRows = groupRowsOf(columns.length, groupBytes);
  const pageRows = Math.min(groupRows, groupRowsOf(columns.length, PAGE_BYTES));
  const numbers = columns.map(({ type }) => (type === 'VARCHAR' ? undefined : new Float64Array(0)));
  const texts = columns.map(({ type }) => (type === 'VARCHAR' ? new Array<string>(0) : undefined));
  let room = 0;
  /** A page takes what it holds, up to {@link PAGE_BYTES}: a table of few rows would clear all of that for nothing. */
  const makeRoom = (rows: number): void => {
    if (rows <= room) return;
    room = Math.min(pageRows, Math.max(rows, 2 * room, FIRST_ROWS));
    for (const words of texts) if (words !== undefined) words.length = room;
    for (const [k, values] of numbers.entries()) {
      if (values === undefined) continue;
      numbers[k] = new Float64Array(room);
      numbers[k].set(values.subarray(0, inPage));
    }
  };
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
    reserve: (count: number): void => makeRoom(Math.min(pageRows, inPage + count)),
    /** Calls `copy(source row, row in the page, rows)` for stretches that fit the page. */
    take(count: number, copy: (from: number, to: number, length: number) => void): void {
      for (let done = 0; done < count;) {
        const length = Math.min(count - done, pageRows - inPage);
        makeRoom(inPage + length);
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
}

/**
 * Starts a Parquet file (zstd, no nulls: an unknown DOUBLE is NaN). It appears at `path` with `commit`, whole.
 * @throws {MinotaurError} where the place cannot be written or the disk is full; nothing is left then
 */
export function createTableWriter(
  path: string,
  columns: readonly TableColumn[],
  { facts, groupBytes }: TableOptions = {},
): TableWriter {
  const output = createOutput(path);
  output.bytes.appendUint32(MAGIC);
  const group = createRowGroups(path, columns, output, groupBytes);
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

function transpose(
  columns: readonly Float64Array[],
  values: Float64Array,
  width: number,
  from: number,
  to: number,
  length: number,
): void {
  for (let tile = 0; tile < length; tile += TILE) {
    const end = Math.min(tile + TILE, length);
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c];
      for (let i = tile; i < end; i++) column[to + i] = values[(from + i) * width + c];
    }
  }
}
