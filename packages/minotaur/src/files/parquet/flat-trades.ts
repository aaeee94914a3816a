/**
 * Trades from Parquet files as they mostly are: integers for id and time, or times of a type for them, doubles, a side that is a
 * boolean or a word, a value in every row, every row a trade of the instrument; compressed with zstd, snappy or not at all. A page of
 * such a column is nearly the column of a block, so that what costs is the decompressor. All else is for DuckDB, and what both can
 * read they read alike.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ColumnMetaData, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { evidenceOf } from '../csv/evidence.ts';
import { layoutOfNames, type InputOptions, type Layout } from '../csv/layout.ts';
import { sidesOf, wordsOf } from '../csv/side-words.ts';
import { EARLIEST, sampleOfTimes, settleUnit, type TimeSample } from '../csv/time-unit.ts';
import { readingOf, type Reading } from '../trades/reading.ts';
import { BLOCK_ROWS, type FileReader, type SourceBlock } from '../trades/source-block.ts';
import { footerOnce, identityOf } from './beginnings.ts';
import { reading, type ColumnsAhead } from './columns-ahead.ts';
import { flatBlocks } from './flat-blocks.ts';
import {
  columnsBytes,
  columnsIn,
  createColumnReader,
  FLAT_FIELDS,
  readBytes,
  type FlatField,
  type FlatGroup,
  type FlatPlace,
  type FlatTrades,
} from './flat-columns.ts';

/** What each field may be, in the words of {@link kindOf}. */
const KINDS: Readonly<Record<FlatField, readonly string[]>> = {
  id: ['integer'],
  time: ['integer', 'MICROS', 'NANOS'],
  price: ['double'],
  quantity: ['double'],
  side: ['boolean', 'text'],
};

/** Microseconds of a unit of times, and of what files call the units of their own type. */
const MICROS: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, ms: 1000, s: 1_000_000, MICROS: 1, NANOS: 1e-3 };
const CODECS = new Set(['ZSTD', 'SNAPPY', 'UNCOMPRESSED']);
const ENCODINGS = new Set(['PLAIN', 'RLE', 'BIT_PACKED', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY']);
/** Values of a row group, of which one is in memory as a whole. */
const MOST_BYTES = 1 << 26;

export interface FlatReader extends FileReader {
  readonly flat: FlatTrades;
  /** As {@link flatBlocks}. */
  blocks(ahead?: ColumnsAhead): AsyncGenerator<SourceBlock>;
}

/**
 * Opens a file that can be read here; undefined where it is for DuckDB, which says what is wrong with it if something is. Its footer
 * says all that is to be known of it, but for the unit of its times.
 */
export function openFlatTrades(file: string, options: InputOptions): FlatReader | undefined {
  const metadata = metadataOf(file);
  if (metadata === undefined) return undefined;
  const names = namesOf(file, metadata);
  if (names === undefined) return undefined;
  try {
    const layout = layoutOfNames(names, options, file);
    if (layout.fields.date >= 0 || options.zone !== undefined) return undefined;
    const means = readingOf(options.instrument, undefined);
    const flat = flatTrades(file, metadata, layout, means, options);
    if (flat === undefined) return undefined;
    const kind = kindOf(metadata.schema[1 + layout.fields.time]);
    const unit = settleUnit(sampleOf(flat, kind), options.timeUnit, file);
    const scale = MICROS[unit === 'iso' ? kind : unit];
    const { blockRows = BLOCK_ROWS } = options;
    return {
      flat,
      isAtOnce: true,
      layout: {
        file,
        layout: layout.name,
        header: true,
        timeUnit: unit,
        container: 'parquet',
        rows: Number(metadata.num_rows),
        ...evidenceOf(layout, names, means),
      },
      blocks: (ahead) => flatBlocks({ flat, scale, blockRows }, ahead),
    };
  } catch (error) {
    if (error instanceof MinotaurError) return undefined;
    throw error;
  }
}

function flatTrades(
  file: string,
  metadata: FileMetaData,
  layout: Layout,
  means: Reading,
  { inspect = false }: InputOptions,
): FlatTrades | undefined {
  const { fields, where, signed, telling } = layout;
  // What else says what is traded is looked at row by row; whoever inspects wants the source's own turnover too.
  if (signed || where.length > 0 || telling.length > 0 || fields.symbol >= 0 || (inspect && fields.quote >= 0))
    return undefined;
  const { schema } = metadata;
  const columns = Object.fromEntries(FLAT_FIELDS.map((field) => [field, schema[1 + fields[field]]])) as Readonly<
    Record<FlatField, SchemaElement>
  >;
  const isKnown = (field: FlatField): boolean => fields[field] >= 0 && KINDS[field].includes(kindOf(columns[field]));
  const isFlat = ({ columns: chunks, num_rows: rows }: RowGroup): boolean => {
    const own = FLAT_FIELDS.map((field) => chunkOf(chunks, columns[field].name));
    const bytes = own.reduce((sum, chunk) => sum + Number(chunk?.total_uncompressed_size ?? Infinity), 0);
    return (
      Math.max(bytes, columnsBytes(Number(rows))) <= MOST_BYTES &&
      own.every((chunk, k) => chunk !== undefined && isReadable(chunk, columns[FLAT_FIELDS[k]]))
    );
  };
  if (!FLAT_FIELDS.every(isKnown) || !metadata.row_groups.every(isFlat)) return undefined;
  const whose = layout.sideMeans ?? means.sideMeans;
  const yes = whose === 'taker' ? 1 : -1;
  const { buy, sell, none = [] } = wordsOf(sidesOf(layout.sides, means), whose);
  const groups = metadata.row_groups.map((group) => groupOf(group, columns));
  return { file, groups, sides: { areTruths: columns.side.type === 'BOOLEAN', yes, buy, sell, none } };
}

/** A column of a row group, which is nested in no other. */
function chunkOf(chunks: RowGroup['columns'], name: string): ColumnMetaData | undefined {
  return chunks.find(({ meta_data: chunk }) => chunk?.path_in_schema.length === 1 && chunk.path_in_schema[0] === name)
    ?.meta_data;
}

/** Where the columns of a row group lie. */
function groupOf(group: RowGroup, columns: Readonly<Record<FlatField, SchemaElement>>): FlatGroup {
  const rows = Number(group.num_rows);
  const placeOf = ({ name, repetition_type: kind }: SchemaElement): FlatPlace => {
    const chunk = chunkOf(group.columns, name) as ColumnMetaData;
    // Some writers say 0 where there is no dictionary.
    const at = Math.min(Number(chunk.dictionary_page_offset) || Infinity, Number(chunk.data_page_offset));
    const length = Number(chunk.total_compressed_size);
    return { name, at, length, codec: chunk.codec, isOptional: kind !== 'REQUIRED', rows };
  };
  const places = Object.fromEntries(FLAT_FIELDS.map((field) => [field, placeOf(columns[field])]));
  return { rows, places: places as FlatGroup['places'] };
}

/**
 * Names of its columns, where those are what DuckDB would call them: it tells them apart by capital letters, has none that are nested
 * here, and takes folders of the form `name=value` for columns.
 */
function namesOf(file: string, { schema, row_groups: groups, num_rows: all }: FileMetaData): string[] | undefined {
  const [root, ...columns] = schema;
  const names = columns.map(({ name }) => name);
  const isPlain = root.num_children === names.length && columns.every(({ num_children: inner }) => inner === undefined);
  const isTold = new Set(names.map((name) => name.toLowerCase())).size === names.length && !names.includes('');
  const rows = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  const isFull = groups.length > 0 && groups.every((group) => group.num_rows > 0n) && rows === all;
  return isPlain && isTold && isFull && !dirname(file).includes('=') ? names : undefined;
}

/** The first time, to tell the unit by. */
function sampleOf(flat: FlatTrades, kind: string): TimeSample {
  if (kind !== 'integer') return { text: kind, number: EARLIEST, isIso: true };
  const [group] = flat.groups;
  const memory = new ArrayBuffer(columnsBytes(group.rows));
  const columns = columnsIn(memory, 0, group.rows);
  const reader = createColumnReader();
  try {
    reading(flat.file, () => reader.read(flat, group, 'time', columns, () => undefined));
  } finally {
    reader.close();
  }
  return sampleOfTimes([String(new BigInt64Array(memory, columns.time.byteOffset, 1)[0])]);
}

/** What a column holds: `integer` of 64 bits, `double`, `boolean`, `text`, times in `MICROS` or `NANOS`; '' for all else. */
function kindOf({ type, logical_type: logical, converted_type: older }: SchemaElement): string {
  if (type === 'DOUBLE' || type === 'BOOLEAN') return type.toLowerCase();
  if (type === 'BYTE_ARRAY') return logical?.type === 'STRING' || older === 'UTF8' ? 'text' : '';
  if (type !== 'INT64') return '';
  if (logical?.type === 'TIMESTAMP') return logical.unit;
  if (logical === undefined && older === undefined) return 'integer';
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

/** What the file says of itself; undefined where that cannot be read here. */
function metadataOf(file: string): FileMetaData | undefined {
  let handle: number | undefined;
  try {
    const own = (handle = openSync(file, 'r'));
    const bytesOf = (at: number, length: number): ArrayBuffer => {
      const bytes = new Uint8Array(length);
      readBytes(own, at, bytes);
      return bytes.buffer;
    };
    return footerOnce(identityOf(handle), () => {
      const { size } = fstatSync(own);
      const length = new DataView(bytesOf(size - 8, 8)).getUint32(0, true);
      return parquetMetadata(bytesOf(size - 8 - length, length + 8));
    });
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
