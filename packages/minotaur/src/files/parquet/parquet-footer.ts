/**
 * The footer of a Parquet file. What it says of a row group is kept as numbers until the end, and put into words one group at a
 * time: a wide table has tens of thousands of column chunks, and an object for each was what a long build's memory grew by.
 */
import type { ByteWriter } from 'hyparquet-writer';
import type { TableColumn } from './parquet-pages.ts';
import {
  appendCount,
  appendField,
  appendList,
  appendNumber,
  appendStop,
  appendText,
  I32,
  I64,
  LIST,
  STRUCT,
  TEXT,
} from './thrift.ts';

/** Key of the footer's metadata under which a file says what it is. */
export const FACTS_KEY = 'minotaur';

/** Begins and ends a file. */
export const MAGIC = 0x31524150;

/** A column of a row group in the file: where it begins, its bytes before compression, its bytes, 1 where it is compressed. */
export type ChunkFacts = readonly [start: number, uncompressed: number, compressed: number, isCompressed: number];
const FACTS = 4;

export interface RowGroup {
  readonly rows: number;
  readonly bytes: number;
  /** Of all columns, one behind the other. */
  readonly chunks: Float64Array;
}

export function rowGroup(rows: number, bytes: number, chunks: readonly ChunkFacts[]): RowGroup {
  return { rows, bytes, chunks: Float64Array.from(chunks.flat()) };
}

// Numbers of the format's enumerations.
const TYPES = { BOOLEAN: 0, BIGINT: 2, DOUBLE: 5, VARCHAR: 6 } as const;
const [PLAIN, RLE] = [0, 3];
const [UNCOMPRESSED, ZSTD] = [0, 6];
const REQUIRED = 0;
const UTF8 = 0;
const VERSION = 2;

/** Of a file, in the order of the format: each field is named by its distance from the one before. */
interface Footer {
  readonly columns: readonly TableColumn[];
  readonly groups: readonly RowGroup[];
  readonly facts: object | undefined;
}

/** @param flush called when there may be much to be written */
export function appendFooter(bytes: ByteWriter, { columns, groups, facts }: Footer, flush: () => void): void {
  const start = bytes.offset;
  appendNumber(bytes, 1, I32, VERSION);
  appendSchema(bytes, columns);
  appendNumber(
    bytes,
    1,
    I64,
    groups.reduce((sum, group) => sum + group.rows, 0),
  );
  appendField(bytes, 1, LIST);
  appendList(bytes, groups.length, STRUCT);
  for (const group of groups) {
    appendGroup(bytes, group, columns);
    flush();
  }
  if (facts !== undefined) {
    appendField(bytes, 1, LIST);
    appendList(bytes, 1, STRUCT);
    appendField(bytes, 1, TEXT);
    appendText(bytes, FACTS_KEY);
    appendField(bytes, 1, TEXT);
    appendText(bytes, JSON.stringify(facts));
    appendStop(bytes);
  }
  appendField(bytes, facts === undefined ? 2 : 1, TEXT);
  appendText(bytes, 'minotaur');
  appendOrders(bytes, columns.length);
  appendStop(bytes);
  bytes.appendUint32(bytes.offset - start);
  bytes.appendUint32(MAGIC);
}

function appendSchema(bytes: ByteWriter, columns: readonly TableColumn[]): void {
  appendField(bytes, 1, LIST);
  appendList(bytes, 1 + columns.length, STRUCT);
  appendField(bytes, 4, TEXT);
  appendText(bytes, 'table');
  appendNumber(bytes, 1, I32, columns.length);
  appendStop(bytes);
  for (const { name, type } of columns) {
    appendNumber(bytes, 1, I32, TYPES[type]);
    appendNumber(bytes, 2, I32, REQUIRED);
    appendField(bytes, 1, TEXT);
    appendText(bytes, name);
    if (type === 'VARCHAR') appendNumber(bytes, 2, I32, UTF8);
    appendStop(bytes);
  }
}

function appendGroup(bytes: ByteWriter, group: RowGroup, columns: readonly TableColumn[]): void {
  appendField(bytes, 1, LIST);
  appendList(bytes, columns.length, STRUCT);
  for (const [k, column] of columns.entries()) appendChunk(bytes, column, group, k);
  appendNumber(bytes, 1, I64, group.bytes);
  appendNumber(bytes, 1, I64, group.rows);
  appendStop(bytes);
}

/** Column `k` of a group. */
function appendChunk(bytes: ByteWriter, { name, type }: TableColumn, { rows, chunks }: RowGroup, k: number): void {
  const at = FACTS * k;
  const start = chunks[at];
  appendNumber(bytes, 2, I64, start);
  appendField(bytes, 1, STRUCT);
  appendNumber(bytes, 1, I32, TYPES[type]);
  appendField(bytes, 1, LIST);
  appendList(bytes, 2, I32);
  appendCount(bytes, PLAIN);
  appendCount(bytes, RLE);
  appendField(bytes, 1, LIST);
  appendList(bytes, 1, TEXT);
  appendText(bytes, name);
  appendNumber(bytes, 1, I32, chunks[at + 3] === 1 ? ZSTD : UNCOMPRESSED);
  appendNumber(bytes, 1, I64, rows);
  appendNumber(bytes, 1, I64, chunks[at + 1]);
  appendNumber(bytes, 1, I64, chunks[at + 2]);
  appendNumber(bytes, 2, I64, start);
  appendStop(bytes);
  appendStop(bytes);
}

/** How the values of each column are ordered: as its type is. */
function appendOrders(bytes: ByteWriter, columns: number): void {
  appendField(bytes, 1, LIST);
  appendList(bytes, columns, STRUCT);
  for (let k = 0; k < columns; k++) {
    appendField(bytes, 1, STRUCT);
    appendStop(bytes);
    appendStop(bytes);
  }
}
