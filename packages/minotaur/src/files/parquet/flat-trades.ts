/**
 * Trades from Parquet files as they mostly are: integers for id and time, or times of a type for them, doubles, a side that is a
 * boolean or a word, a value in every row, every row a trade of the instrument; compressed with zstd, snappy or not at all. A page of
 * such a column is nearly the column of a block, so that what costs is the decompressor. All else is for DuckDB, and what both can
 * read they read alike.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parquetMetadata, type ColumnMetaData, type FileMetaData, type RowGroup, type SchemaElement } from 'hyparquet';
import { getSchemaPath } from 'hyparquet/src/schema.js';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { ID_WORDS, WORD } from 'minotaur-core/internal/trades/id';
import { wordsOf } from '../csv/side-words.ts';
import { pagesOf, sourceBlock, type Page, type SourceBlock } from '../trades/source-block.ts';
import { codesOfWords, truths, wideValues, type FlatChunk } from './flat-pages.ts';
import type { TradesQuery } from './trades-sql.ts';

const TYPES = {
  id: ['BIGINT'],
  time: ['BIGINT', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_NS'],
  price: ['DOUBLE'],
  quantity: ['DOUBLE'],
  side: ['BOOLEAN', 'VARCHAR'],
} as const satisfies Record<string, readonly string[]>;
type Field = keyof typeof TYPES;
const FIELDS = Object.keys(TYPES) as Field[];

/** Microseconds of a unit of times, and of what files call the units of their own type. */
const MICROS: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, ms: 1000, s: 1_000_000, MICROS: 1, NANOS: 1e-3 };
const CODECS = new Set(['ZSTD', 'SNAPPY', 'UNCOMPRESSED']);
const ENCODINGS = new Set(['PLAIN', 'RLE', 'BIT_PACKED', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY']);
/** Values of a row group, of which one is in memory as a whole. */
const MOST_BYTES = 1 << 26;

/** A file that can be read here. */
export interface FlatTrades {
  readonly file: string;
  readonly metadata: FileMetaData;
  readonly columns: Readonly<Record<Field, SchemaElement>>;
  /** Microseconds of a unit of its times; a thousandth: nanoseconds, whose fractions are cut off. */
  readonly scale: number;
  /** The taker's side where a boolean is true, and for each word; 0: it is none. */
  readonly sides: { readonly yes: number; of(word: string): number };
}

/** The file of the query where it is one of those; undefined where it is for DuckDB. */
export function flatTrades({
  file,
  columns,
  layout,
  reading,
  unit,
  symbols,
  quote,
}: TradesQuery): FlatTrades | undefined {
  const { fields, where, signed } = layout;
  const isFiltered = where.length > 0 || (fields.symbol >= 0 && symbols.length > 0);
  if (quote || signed || isFiltered) return undefined;
  const isTyped = (field: Field): boolean => (TYPES[field] as readonly string[]).includes(columns[fields[field]]?.type);
  if (!FIELDS.every(isTyped)) return undefined;
  const metadata = metadataOf(file);
  if (metadata === undefined) return undefined;
  const elements = Object.fromEntries(
    FIELDS.map((field) => [field, elementOf(metadata, columns[fields[field]].name)]),
  ) as FlatTrades['columns'];
  const isFlat = ({ columns: chunks }: RowGroup): boolean => {
    const own = FIELDS.map((field) => chunkOf(chunks, elements[field].name));
    const bytes = own.reduce((sum, chunk) => sum + Number(chunk?.total_uncompressed_size ?? Infinity), 0);
    return (
      bytes <= MOST_BYTES && own.every((chunk, k) => chunk !== undefined && isReadable(chunk, elements[FIELDS[k]]))
    );
  };
  const scale = MICROS[unit === 'iso' ? unitOf(elements.time) : unit];
  if (scale === undefined || !metadata.row_groups.every(isFlat)) return undefined;
  const means = layout.sideMeans ?? reading.sideMeans;
  const yes = means === 'taker' ? 1 : -1;
  const words = wordsOf(reading.sides, means);
  const of = (text: string): number => {
    const word = text.toLowerCase();
    return word === '' ? NONE : words.buy.includes(word) ? yes : words.sell.includes(word) ? -yes : 0;
  };
  return { file, metadata, columns: elements, scale, sides: { yes, of } };
}

function chunkOf(chunks: RowGroup['columns'], name: string): ColumnMetaData | undefined {
  return chunks.find(({ meta_data: chunk }) => chunk?.path_in_schema.length === 1 && chunk.path_in_schema[0] === name)
    ?.meta_data;
}

const elementOf = (metadata: FileMetaData, name: string): SchemaElement =>
  getSchemaPath(metadata.schema, [name])[1].element;

/** The unit of a type for times. */
function unitOf({ logical_type: type, converted_type: older }: SchemaElement): string {
  if (type?.type === 'TIMESTAMP') return type.unit;
  return older === 'TIMESTAMP_MICROS' ? 'MICROS' : '';
}

/** Whether the column has a value in every row, packed as is known here. */
function isReadable(
  { codec, encodings, statistics }: ColumnMetaData,
  { repetition_type: kind }: SchemaElement,
): boolean {
  if (!CODECS.has(codec) || !encodings.every((encoding) => ENCODINGS.has(encoding))) return false;
  // Levels of a column that may be without values were packed in two ways, which its list of encodings does not tell apart.
  return kind === 'REQUIRED' || (statistics?.null_count === 0n && !encodings.includes('BIT_PACKED'));
}

function bytesOf(handle: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const read = readSync(handle, bytes, done, length - done, at + done);
    if (read === 0) throw new Error(`the end of the file at byte ${at + done}`);
    done += read;
  }
  return bytes;
}

/** What the file says of itself; undefined where that cannot be read here. */
function metadataOf(file: string): FileMetaData | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const { size } = statSync(file);
    const length = new DataView(bytesOf(handle, size - 8, 8).buffer).getUint32(0, true);
    return parquetMetadata(bytesOf(handle, size - 8 - length, length + 8).buffer);
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The trades, in the order of the file. */
export async function* flatBlocks(flat: FlatTrades, blockRows: number): AsyncGenerator<SourceBlock> {
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
        fill(page, columns, flat, { from, before });
        yield sourceBlock({ ...page, file, unit: 'row', leftOut: {} });
      }
      before += rows;
    }
  } finally {
    closeSync(handle);
  }
}

/** What stands for a side that is absent, in columns of bytes. */
const NONE = 2;

interface Columns {
  /** Two words each. */
  readonly id: Int32Array;
  readonly time: Int32Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** As in a block, NONE for NaN. */
  readonly side: Int8Array;
  /** Words for sides that are none, by row. */
  readonly words: ReadonlyMap<number, string>;
}

/** The columns of a row group. */
function columnsOf({ file, columns, sides }: FlatTrades, handle: number, group: RowGroup, rows: number): Columns {
  const chunk = (field: Field): FlatChunk => {
    const { name, repetition_type: kind } = columns[field];
    const found = chunkOf(group.columns, name) as ColumnMetaData;
    // Some writers say 0 where there is no dictionary.
    const start = Math.min(Number(found.dictionary_page_offset) || Infinity, Number(found.data_page_offset));
    const bytes = bytesOf(handle, start, Number(found.total_compressed_size));
    return { name, bytes, codec: found.codec, isOptional: kind !== 'REQUIRED', rows };
  };
  const doubles = (field: Field): Float64Array => {
    const words = wideValues(chunk(field));
    return new Float64Array(words.buffer, words.byteOffset, rows);
  };
  try {
    const words = new Map<number, string>();
    return {
      id: wideValues(chunk('id')),
      time: wideValues(chunk('time')),
      price: doubles('price'),
      quantity: doubles('quantity'),
      side:
        columns.side.type === 'BOOLEAN'
          ? truths(chunk('side'), sides.yes, -sides.yes)
          : codesOfWords(chunk('side'), sides.of, (row, word) => words.set(row, word)),
      words,
    };
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    return fail('input', file, 'a complete Parquet file', (error as Error).message);
  }
}

/** Writes rows from `from` on into the page, whose length says how many; `before`: rows of the groups before. */
function fill(
  { block, words, numbers }: Page,
  columns: Columns,
  { scale }: FlatTrades,
  { from, before }: { readonly from: number; readonly before: number },
): void {
  const { length } = block;
  fillNumbers(numbers, before + from + 1, length);
  fillDoubles(block.price, columns.price, from, length);
  fillDoubles(block.quantity, columns.quantity, from, length);
  if (scale < 1) fillNanos(block.time, columns.time, from, length);
  else fillTimes(block.time, columns.time, scale, from, length);
  fillIds(block.id, columns.id, from, length);
  fillSides(block.side, columns.side, from, length);
  if (columns.words.size === 0) return;
  for (let i = 0; i < length; i++) {
    const word = columns.words.get(from + i);
    if (word !== undefined) words.set(i, word);
  }
}

/** NaN where there is none that is finite. Nearly all are, so they are looked at together first: what is not makes the sum NaN. */
function fillDoubles(into: Float64Array, values: Float64Array, from: number, length: number): void {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const value = values[from + i];
    into[i] = value;
    sum += value - value;
  }
  if (sum === 0) return;
  for (let i = 0; i < length; i++) if (into[i] - into[i] !== 0) into[i] = NaN;
}

function fillTimes(into: Float64Array, words: Int32Array, scale: number, from: number, length: number): void {
  for (let i = 0, at = 2 * from; i < length; i++, at += 2) {
    into[i] = (words[at + 1] * WORD + (words[at] >>> 0)) * scale;
  }
}

/** Nanoseconds do not fit a double: divided while they are integers, towards zero. */
function fillNanos(into: Float64Array, words: Int32Array, from: number, length: number): void {
  for (let i = 0, at = 2 * from; i < length; i++, at += 2) {
    const high = words[at + 1];
    const low = words[at] >>> 0;
    const whole = Math.trunc(high / 1000);
    into[i] = high < 0 ? slowMicros(high, low) : whole * WORD + Math.floor(((high - 1000 * whole) * WORD + low) / 1000);
  }
}

const slowMicros = (high: number, low: number): number => Number(((BigInt(high) << 32n) + BigInt(low)) / 1000n);

/** None where the number is negative: then all words are ones. */
function fillIds(into: Uint32Array, words: Int32Array, from: number, length: number): void {
  for (let i = 0, at = 2 * from, to = 0; i < length; i++, at += 2, to += ID_WORDS) {
    const none = words[at + 1] >> 31;
    into[to] = words[at] | none;
    into[to + 1] = words[at + 1] | none;
    into[to + 2] = into[to + 3] = none;
  }
}

function fillSides(into: Float64Array, sides: Int8Array, from: number, length: number): void {
  let some = 0;
  for (let i = 0; i < length; i++) {
    const side = sides[from + i];
    into[i] = side;
    some |= side * side;
  }
  if ((some & (NONE * NONE)) === 0) return;
  for (let i = 0; i < length; i++) if (into[i] === NONE) into[i] = NaN;
}

function fillNumbers(into: Float64Array, first: number, length: number): void {
  for (let i = 0; i < length; i++) into[i] = first + i;
}
