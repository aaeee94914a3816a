/**
 * Wide tables to Parquet, row group by row group, so that memory is bounded by one group.
 *
 * The data pages are made here and the format's own structures (page headers, footer) by hyparquet-writer, whose page
 * encoders took a third longer. Plain doubles and zstd level 1: byte-stream-split files are a fifth smaller and take twice
 * the time.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { fail } from 'minotaur-core/internal/base/errors';
import { partialFile, writing } from '../atomic.ts';
import { encodePage, type TableColumn } from './parquet-pages.ts';

export type { TableColumn } from './parquet-pages.ts';

/** Values of a column: numbers (BIGINT: integers; BOOLEAN: 0 or 1), a text for each row, or one text for all rows. */
type ColumnSource = Float64Array | readonly string[] | string;

export interface TableWriter {
  readonly rows: number;
  /** Appends rows [from, from + count) of the columns, in schema order. */
  appendColumns(count: number, sources: readonly ColumnSource[], from?: number): void;
  /**
   * Appends rows to a table of one BIGINT, one VARCHAR, then DOUBLE columns, and one BOOLEAN.
   * @param values row-major, `width` values a row, of which the first are the table's DOUBLE columns
   * @param flags the BOOLEAN column, 0 or 1
   */
  appendRows(
    count: number,
    times: Float64Array,
    symbol: string,
    values: Float64Array,
    width: number,
    flags: Float64Array,
  ): void;
  /** Finishes the file and gives it its name. */
  commit(): void;
  /** Removes what was written; nothing happens after `commit`. */
  abort(): void;
}

type Footer = Parameters<typeof writeMetadata>[1];
type RowGroup = Footer['row_groups'][number];
type Chunk = RowGroup['columns'][number];

/** Key of the footer's metadata under which a file says what it is. */
export const FACTS_KEY = 'minotaur';

const MAGIC = 0x31524150;
const GROUP_BYTES = 1 << 24;
const FLUSH_BYTES = 1 << 22;
/** Rows that are transposed together: their values stay in the first-level cache. */
const TILE = 16;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const PHYSICAL = { BIGINT: 'INT64', DOUBLE: 'DOUBLE', VARCHAR: 'BYTE_ARRAY', BOOLEAN: 'BOOLEAN' } as const;

/** Rows of a group: about 16 MiB of values, between 512 and 131,072 rows, a power of two. Depends on the schema alone. */
export function groupRowsOf(columns: number): number {
  const rows = GROUP_BYTES / (8 * Math.max(1, columns));
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

/** The row group that is being filled, and those already written. */
function createRowGroups(path: string, columns: readonly TableColumn[], output: ReturnType<typeof createOutput>) {
  const capacity = groupRowsOf(columns.length);
  const numbers = columns.map(({ type }) => (type === 'VARCHAR' ? undefined : new Float64Array(capacity)));
  const texts = columns.map(({ type }) => (type === 'VARCHAR' ? new Array<string>(capacity) : undefined));
  const written: RowGroup[] = [];
  let held = 0;
  const flush = (): void => {
    if (held === 0) return;
    const start = output.bytes.offset;
    const chunks = columns.map((column, k) => {
      const page = encodePage(column, numbers[k], texts[k], held, `${path}, column ${column.name}`);
      const chunk = writeChunk(output.bytes, column, page, held);
      output.flush(FLUSH_BYTES);
      return chunk;
    });
    written.push({ columns: chunks, total_byte_size: BigInt(output.bytes.offset - start), num_rows: BigInt(held) });
    held = 0;
  };
  return {
    numbers,
    texts,
    written,
    flush,
    /** Calls `copy(source row, row in the group, rows)` for stretches that fit the group. */
    take(count: number, copy: (from: number, to: number, length: number) => void): void {
      for (let done = 0; done < count;) {
        const length = Math.min(count - done, capacity - held);
        copy(done, held, length);
        held += length;
        done += length;
        if (held === capacity) flush();
      }
    },
  };
}

/**
 * Starts a Parquet file (zstd, no nulls: an unknown DOUBLE is NaN). It appears at `path` with `commit`, whole.
 * @param facts what the file says of itself, as JSON under the key `minotaur`
 * @throws {MinotaurError} where the place cannot be written or the disk is full; nothing is left then
 */
export function createTableWriter(path: string, columns: readonly TableColumn[], facts?: object): TableWriter {
  const output = createOutput(path);
  output.bytes.appendUint32(MAGIC);
  const group = createRowGroups(path, columns, output);
  const { numbers, texts } = group;
  const doubles = numbers.slice(2, -1) as Float64Array[];
  const wide = isWide(columns);
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
      if (!wide)
        fail(
          'internal',
          path,
          'columns BIGINT, VARCHAR, DOUBLE..., BOOLEAN',
          columns.map(({ type }) => type).join(', '),
        );
      take(count, (at, to, length) => {
        numbers[0]?.set(times.subarray(at, at + length), to);
        texts[1]?.fill(symbol, to, to + length);
        transpose(doubles, values, width, at, to, length);
        numbers[columns.length - 1]?.set(flags.subarray(at, at + length), to);
      });
    },
    commit() {
      if (!open) return;
      group.flush();
      writeFooter(output.bytes, columns, group.written, rows, facts);
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

function isWide(columns: readonly TableColumn[]): boolean {
  const types = columns.map(({ type }) => type);
  const doubles = types.slice(2, -1).every((type) => type === 'DOUBLE');
  return types[0] === 'BIGINT' && types[1] === 'VARCHAR' && doubles && types.at(-1) === 'BOOLEAN';
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

function writeChunk(bytes: ByteWriter, { name, type }: TableColumn, page: Uint8Array, count: number): Chunk {
  const start = bytes.offset;
  const body = zstdCompressSync(page, ZSTD);
  writePageHeader(bytes, {
    type: 'DATA_PAGE',
    uncompressed_page_size: page.length,
    compressed_page_size: body.length,
    data_page_header: {
      num_values: count,
      encoding: 'PLAIN',
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  });
  const headerSize = bytes.offset - start;
  bytes.appendBytes(body);
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: PHYSICAL[type],
      encodings: ['PLAIN', 'RLE'],
      path_in_schema: [name],
      codec: 'ZSTD',
      num_values: BigInt(count),
      total_uncompressed_size: BigInt(headerSize + page.length),
      total_compressed_size: BigInt(bytes.offset - start),
      data_page_offset: BigInt(start),
    },
  };
}

function writeFooter(
  bytes: ByteWriter,
  columns: readonly TableColumn[],
  groups: RowGroup[],
  rows: number,
  facts?: object,
): void {
  const schema: Footer['schema'] = [{ name: 'table', num_children: columns.length }];
  for (const { name, type } of columns) {
    const text = type === 'VARCHAR' ? { converted_type: 'UTF8' as const } : {};
    schema.push({ name, type: PHYSICAL[type], repetition_type: 'REQUIRED', ...text });
  }
  writeMetadata(bytes, {
    version: 2,
    created_by: 'minotaur',
    schema,
    num_rows: BigInt(rows),
    row_groups: groups,
    metadata_length: 0,
    ...(facts === undefined ? {} : { key_value_metadata: [{ key: FACTS_KEY, value: JSON.stringify(facts) }] }),
  });
  bytes.appendUint32(MAGIC);
}
