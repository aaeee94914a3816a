/** The blocks of a Parquet file of trades that is decoded here: a row group's columns at a time, then its rows. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ColumnMetaData, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { ID_WORDS, WORD } from 'minotaur-core/internal/trades/id';
import { pagesOf, placeOf, sourceBlock, type Page, type SourceBlock } from '../trades/source-block.ts';
import { codesOfWords, truths, wideValues, type FlatChunk } from './flat-pages.ts';

export const FLAT_FIELDS = ['id', 'time', 'price', 'quantity', 'side'] as const;
export type FlatField = (typeof FLAT_FIELDS)[number];

/** A file that can be read here. */
export interface FlatTrades {
  readonly file: string;
  readonly metadata: FileMetaData;
  readonly columns: Readonly<Record<FlatField, SchemaElement>>;
  /** The taker's side where a boolean is true, and for each word: 0 where it is none, NONE where nothing stands there. */
  readonly sides: { readonly yes: number; of(word: string): number };
}

/** A column of a row group, which is nested in no other. */
export function chunkOf(chunks: RowGroup['columns'], name: string): ColumnMetaData | undefined {
  return chunks.find(({ meta_data: chunk }) => chunk?.path_in_schema.length === 1 && chunk.path_in_schema[0] === name)
    ?.meta_data;
}

export function bytesOf(handle: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const read = readSync(handle, bytes, done, length - done, at + done);
    if (read === 0) throw new Error(`the end of the file at byte ${at + done}`);
    done += read;
  }
  return bytes;
}

/**
 * The trades, in the order of the file.
 * @param scale microseconds of a unit of its times; a thousandth: nanoseconds, whose fractions are cut off
 */
export async function* flatBlocks(flat: FlatTrades, scale: number, blockRows: number): AsyncGenerator<SourceBlock> {
  const { file, metadata } = flat;
  const next = pagesOf(blockRows);
  const handle = openSync(file, 'r');
  let before = 0;
  try {
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const columns = columnsOf(flat, handle, group);
      for (let from = 0; from < rows; from += blockRows) {
        const page = next();
        page.block.length = Math.min(blockRows, rows - from);
        fill(page, columns, { file, scale, from, before });
        yield sourceBlock({ ...page, file, unit: 'row', leftOut: {} });
      }
      before += rows;
    }
  } finally {
    closeSync(handle);
  }
}

/** What stands for a side that is absent, in columns of bytes. */
export const NONE = 2;

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

/** What `read` makes of bytes of the file. @throws where they are not what its footer says */
function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    return fail('input', file, 'a complete Parquet file', (error as Error).message);
  }
}

/** The bytes of a column of a row group. */
function bytesOfColumn({ columns }: FlatTrades, handle: number, group: RowGroup, field: FlatField): FlatChunk {
  const { name, repetition_type: kind } = columns[field];
  const chunk = chunkOf(group.columns, name) as ColumnMetaData;
  // Some writers say 0 where there is no dictionary.
  const start = Math.min(Number(chunk.dictionary_page_offset) || Infinity, Number(chunk.data_page_offset));
  const bytes = bytesOf(handle, start, Number(chunk.total_compressed_size));
  return { name, bytes, codec: chunk.codec, isOptional: kind !== 'REQUIRED', rows: Number(group.num_rows) };
}

/** The times of a row group, two words each. */
export function timesOf(flat: FlatTrades, group: RowGroup): Int32Array<ArrayBuffer> {
  const handle = openSync(flat.file, 'r');
  try {
    return reading(flat.file, () => wideValues(bytesOfColumn(flat, handle, group, 'time')));
  } finally {
    closeSync(handle);
  }
}

/** The columns of a row group. */
function columnsOf(flat: FlatTrades, handle: number, group: RowGroup): Columns {
  const { file, columns, sides } = flat;
  const chunk = (field: FlatField): FlatChunk => bytesOfColumn(flat, handle, group, field);
  const doubles = (field: FlatField): Float64Array => {
    const words = wideValues(chunk(field));
    return new Float64Array(words.buffer, words.byteOffset, words.length / 2);
  };
  const words = new Map<number, string>();
  return reading(file, () => ({
    id: wideValues(chunk('id')),
    time: wideValues(chunk('time')),
    price: doubles('price'),
    quantity: doubles('quantity'),
    side:
      columns.side.type === 'BOOLEAN'
        ? truths(chunk('side'), sides.yes, -sides.yes)
        : codesOfWords(chunk('side'), sides.of, (row, word) => words.set(row, word)),
    words,
  }));
}

/** Where the rows of a page are, and the unit of their times. */
interface Place {
  readonly file: string;
  readonly scale: number;
  /** In their row group. */
  readonly from: number;
  /** Rows of the groups before. */
  readonly before: number;
}

/** Writes rows from `from` on into the page, whose length says how many. */
function fill(page: Page, columns: Columns, { file, scale, from, before }: Place): void {
  const { block, words, numbers } = page;
  const { length } = block;
  fillNumbers(numbers, before + from + 1, length);
  fillDoubles(block.price, columns.price, from, length);
  fillDoubles(block.quantity, columns.quantity, from, length);
  if (scale < 1) fillNanos(block.time, columns.time, from, length);
  else fillTimes(block.time, columns.time, scale, from, length);
  const wrong = fillIds(block.id, columns.id, from, length);
  if (wrong >= 0) {
    const at = 2 * (from + wrong);
    failId(placeOf({ ...page, file, unit: 'row' }, wrong), columns.id[at + 1] * WORD + (columns.id[at] >>> 0));
  }
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

/** @returns the first row whose number is negative, -1 where none is */
function fillIds(into: Uint32Array, words: Int32Array, from: number, length: number): number {
  let some = 0;
  for (let i = 0, at = 2 * from, to = 0; i < length; i++, at += 2, to += ID_WORDS) {
    into[to] = words[at];
    into[to + 1] = words[at + 1];
    into[to + 2] = into[to + 3] = 0;
    some |= words[at + 1];
  }
  if (some >= 0) return -1;
  let row = 0;
  while (words[2 * (from + row) + 1] >= 0) row++;
  return row;
}

/** Refuses a number that is no id, or is one no more: it was negative, or its last digits are gone. */
export function failId(where: string, found: number): never {
  const expected = 'an id with all of its digits: an integer that is not negative, or text';
  fail('input', where, expected, `${found}, a number that is negative or too large for its type`);
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
