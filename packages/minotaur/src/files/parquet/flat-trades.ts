/**
 * Trades from Parquet files as we write them, decoded here: integers for id and time, doubles, a boolean side, plain, without nulls,
 * every row a trade of the instrument, compressed with zstd or not at all. A page of such a column is nearly the column of a block,
 * so that what costs is the decompressor. All else is for DuckDB, and what both can read they read alike.
 */
import { closeSync, openSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import type { ColumnMetaData, DecodedArray, FileMetaData, RowGroup } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getSchemaPath } from 'hyparquet/src/schema.js';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { ABSENT, ID_WORDS, WORD } from 'minotaur-core/internal/trades/id';
import { pagesOf, sourceBlock, type Page, type SourceBlock } from '../trades/source-block.ts';
import { bytesOf } from './flat-head.ts';
import type { TradesQuery } from './trades-sql.ts';

const TYPES = { id: 'BIGINT', time: 'BIGINT', price: 'DOUBLE', quantity: 'DOUBLE', side: 'BOOLEAN' } as const;
type Field = keyof typeof TYPES;
const FIELDS = Object.keys(TYPES) as Field[];

const MICROS: Partial<Record<TradesQuery['unit'], number>> = { us: 1, ms: 1000, s: 1_000_000 };
const CODECS = new Set(['ZSTD', 'UNCOMPRESSED']);
/** Values are plain; of the others are levels, of which there are none. */
const ENCODINGS = new Set(['PLAIN', 'RLE', 'BIT_PACKED']);
/** Values of a row group, of which one is in memory as a whole. */
const MOST_BYTES = 1 << 26;

/** A file that can be read here. */
export interface FlatTrades {
  readonly file: string;
  readonly metadata: FileMetaData;
  readonly names: Readonly<Record<Field, string>>;
  /** The taker's side where the boolean is true. */
  readonly yes: number;
}

/** The file of the query where it is one of those; undefined where it is for DuckDB. */
export function flatTrades(
  { file, columns, layout, reading, symbols, quote }: Omit<TradesQuery, 'unit'>,
  metadata: FileMetaData,
): FlatTrades | undefined {
  const { fields, where, signed } = layout;
  const isFiltered = where.length > 0 || (fields.symbol >= 0 && symbols.length > 0);
  if (quote || signed || isFiltered) return undefined;
  if (FIELDS.some((field) => columns[fields[field]]?.type !== TYPES[field])) return undefined;
  const names = Object.fromEntries(FIELDS.map((field) => [field, columns[fields[field]].name]));
  const isPlain = ({ columns: chunks }: RowGroup): boolean => {
    const own = FIELDS.map((field) => chunkOf(chunks, names[field]));
    const bytes = own.reduce((sum, chunk) => sum + Number(chunk?.total_uncompressed_size ?? Infinity), 0);
    return bytes <= MOST_BYTES && own.every((chunk) => chunk !== undefined && isReadable(chunk));
  };
  if (!metadata.row_groups.every(isPlain)) return undefined;
  if (!FIELDS.every((field) => isRequired(metadata, names[field]))) return undefined;
  const means = layout.sideMeans ?? reading.sideMeans;
  return { file, metadata, names: names as FlatTrades['names'], yes: means === 'taker' ? 1 : -1 };
}

function chunkOf(chunks: RowGroup['columns'], name: string): ColumnMetaData | undefined {
  return chunks.find(({ meta_data: chunk }) => chunk?.path_in_schema.length === 1 && chunk.path_in_schema[0] === name)
    ?.meta_data;
}

function isReadable({ codec, encodings }: ColumnMetaData): boolean {
  return CODECS.has(codec) && encodings.every((encoding) => ENCODINGS.has(encoding));
}

/** Whether the file says that the column has no nulls: else it has a level for each value, which take longer than DuckDB does. */
function isRequired({ schema }: FileMetaData, name: string): boolean {
  return getSchemaPath(schema, [name]).at(-1)?.element.repetition_type === 'REQUIRED';
}

/** Microseconds of a unit of times; undefined where they are for DuckDB. */
export const scaleOf = (unit: TradesQuery['unit']): number | undefined => MICROS[unit];

/** The trades, in the order of the file, whose unit of time has so many microseconds. */
export async function* flatBlocks(flat: FlatTrades, scale: number, blockRows: number): AsyncGenerator<SourceBlock> {
  const { file, metadata } = flat;
  const next = pagesOf(blockRows);
  const handle = openSync(file, 'r');
  let before = 0;
  try {
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const columns = columnsOf(flat, handle, group, rows);
      for (let from = 0; from < rows; from += blockRows) {
        const page = next();
        page.block.length = Math.min(blockRows, rows - from);
        fill(page, columns, flat.yes, scale, from);
        for (let i = 0; i < page.block.length; i++) page.numbers[i] = before + from + i + 1;
        yield sourceBlock({ ...page, file, unit: 'row', leftOut: {} });
      }
      before += rows;
    }
  } finally {
    closeSync(handle);
  }
}

/** The first time in the file; undefined where its page cannot be read here. */
export function firstTime({ file, metadata, names }: FlatTrades): bigint | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const [page] = pagesIn(metadata, handle, chunkIn(metadata.row_groups[0], names.time), 1);
    return page instanceof BigInt64Array ? page[0] : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

interface Columns {
  readonly id: BigInt64Array;
  readonly time: BigInt64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** 1 true, 0 false, -1 neither. */
  readonly side: Int8Array;
}

const chunkIn = ({ columns }: RowGroup, name: string): ColumnMetaData => chunkOf(columns, name) as ColumnMetaData;

/** Pages of a chunk that have its first `rows` values. */
function pagesIn({ schema }: FileMetaData, handle: number, chunk: ColumnMetaData, rows: number): DecodedArray[] {
  // Some writers say 0 where there is no dictionary.
  const start = Math.min(Number(chunk.dictionary_page_offset) || Infinity, Number(chunk.data_page_offset));
  const bytes = bytesOf(handle, start, Number(chunk.total_compressed_size));
  const schemaPath = getSchemaPath(schema, chunk.path_in_schema);
  const decoder = {
    pathInSchema: chunk.path_in_schema,
    element: schemaPath[schemaPath.length - 1].element,
    schemaPath,
    type: chunk.type,
    codec: chunk.codec,
    parsers: DEFAULT_PARSERS,
    compressors: { ZSTD: decompressed },
  };
  const select = { groupStart: 0, groupRows: Number(chunk.num_values), selectStart: 0, selectEnd: rows };
  return readColumn({ view: new DataView(bytes.buffer), offset: 0 }, select, decoder).data;
}

/** The columns of a row group. */
function columnsOf({ file, metadata, names }: FlatTrades, handle: number, group: RowGroup, rows: number): Columns {
  const column = (field: Field): ReturnType<typeof joined> => {
    const data = pagesIn(metadata, handle, chunkIn(group, names[field]), rows);
    const found = data.reduce((sum, { length }) => sum + length, 0);
    if (found !== rows) throw new Error(`${found} values of ${rows} in column ${names[field]}`);
    return joined(data, TYPES[field], rows, names[field]);
  };
  try {
    return Object.fromEntries(FIELDS.map((field) => [field, column(field)])) as unknown as Columns;
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    return fail('input', file, 'a complete Parquet file', (error as Error).message);
  }
}

const decompressed = (bytes: Uint8Array, size: number): Uint8Array =>
  zstdDecompressSync(bytes, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) });

/** The values of all pages. */
function joined(pages: readonly DecodedArray[], type: 'BIGINT' | 'DOUBLE' | 'BOOLEAN', rows: number, name: string) {
  if (type === 'BOOLEAN') return truths(pages, rows);
  const values = type === 'BIGINT' ? new BigInt64Array(rows) : new Float64Array(rows);
  let at = 0;
  for (const page of pages) {
    if (page.constructor !== values.constructor) throw new Error(`${page.constructor.name} in column ${name}`);
    if (pages.length === 1) return page;
    (values as Float64Array).set(page as Float64Array, at);
    at += page.length;
  }
  return values;
}

/** Which values are true, as {@link Columns.side}. */
function truths(pages: readonly DecodedArray[], rows: number): Int8Array {
  const values = new Int8Array(rows);
  let at = 0;
  for (const page of pages as readonly ArrayLike<unknown>[]) {
    for (let i = 0; i < page.length; i++) {
      const value = page[i];
      values[at++] = value === true || value === 1 ? 1 : value === false || value === 0 ? 0 : -1;
    }
  }
  return values;
}

/** Writes rows from `from` on into the page, whose length says how many. */
function fill(
  { block }: Page,
  { id, time, price, quantity, side }: Columns,
  yes: number,
  scale: number,
  from: number,
): void {
  const { length } = block;
  fillDoubles(block.price, price, from, length);
  fillDoubles(block.quantity, quantity, from, length);
  fillTimes(block.time, time, scale, from, length);
  fillIds(block.id, id, from, length);
  for (let i = 0; i < length; i++) {
    const value = side[from + i];
    block.side[i] = value < 0 ? NaN : value === 1 ? yes : -yes;
  }
}

/** NaN where there is none that is finite. */
function fillDoubles(into: Float64Array, values: Float64Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const value = values[from + i];
    into[i] = value - value === 0 ? value : NaN;
  }
}

/** Words of integers of 64 bits, low before high, as they are in memory. */
const wordsOf = (values: BigInt64Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, 2 * values.length);

function fillTimes(into: Float64Array, values: BigInt64Array, scale: number, from: number, length: number): void {
  const words = wordsOf(values);
  for (let i = 0; i < length; i++) {
    const at = 2 * (from + i);
    into[i] = (words[at + 1] * WORD + (words[at] >>> 0)) * scale;
  }
}

/** None where the number is negative. */
function fillIds(into: Uint32Array, values: BigInt64Array, from: number, length: number): void {
  const words = wordsOf(values);
  for (let i = 0; i < length; i++) {
    const at = 2 * (from + i);
    const isNone = words[at + 1] < 0;
    into[ID_WORDS * i] = isNone ? ABSENT : words[at];
    into[ID_WORDS * i + 1] = isNone ? ABSENT : words[at + 1];
    into[ID_WORDS * i + 2] = into[ID_WORDS * i + 3] = isNone ? ABSENT : 0;
  }
}
