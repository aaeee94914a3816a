/**
 * DuckDB as the reader of Parquet: bounded memory, rows in file order, one instance per source. It is loaded with the first file, so
 * that who reads none needs none.
 */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../../node/optional.ts';
import { EARLIEST, sampleOfTimes } from '../csv/time-unit.ts';
import type { TimeSample, TimeUnit } from '../csv/time-unit.ts';

export interface Duck {
  readonly connection: DuckDBConnection;
  close(): void;
}

export interface ParquetColumn {
  readonly name: string;
  /** DuckDB's name: BIGINT, DOUBLE, TIMESTAMP, DECIMAL(18,8), ... */
  readonly type: string;
}

/**
 * A fresh instance. Nothing is spilled to disk, cached, installed or loaded: reading needs none of it.
 * @throws {MinotaurError} where DuckDB is not installed
 */
export async function openDuck(): Promise<Duck> {
  const need = { where: 'reading Parquet', what: 'reads it' };
  const { DuckDBInstance } = await loadOptional('@duckdb/node-api', () => import('@duckdb/node-api'), need);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '256MB',
    // Of two, each hands on its row groups as they are done where a query streams: not in the order of the file, whatever is set below.
    threads: '1',
    preserve_insertion_order: 'true',
    temp_directory: '',
    // It would fill the limit with headers of pages, which the system keeps anyway.
    enable_external_file_cache: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  // Decoding stops while this is full: with the default of 1 MB the decoders mostly wait for us.
  await connection.run("SET streaming_buffer_size = '32MB'");
  // Few rows, as a condition may leave of a chunk, would wait for more of them, and come behind others that they stand before in the file.
  await connection.run('SET enable_caching_operators = false');
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs `work`, turning DuckDB's errors about `file` into ours. */
export async function readingParquet<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    const words = (error as Error).message.split('\n')[0].replace(/^[\w ]+ Error: /, '');
    const isNone = /magic bytes|too small to be a Parquet/i.test(words);
    fail('input', file, 'a complete Parquet file', isNone ? 'a file that is none, or not all of one' : words);
  }
}

export const fromParquet = (file: string): string => `read_parquet(${literal(file)})`;
/** The same with the number of each row, from 0, as `file_row_number`. */
export const numberedParquet = (file: string): string => `read_parquet(${literal(file)}, file_row_number = true)`;
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export async function parquetColumns(duck: Duck, file: string): Promise<ParquetColumn[]> {
  const result = await duck.connection.run(`DESCRIBE SELECT * FROM ${fromParquet(file)}`);
  return (await result.getRows()).map((row) => ({ name: String(row[0]), type: String(row[1]) }));
}

/** Chunks of a query in file order. */
export async function* chunksOf(duck: Duck, file: string, sql: string): AsyncGenerator<DuckDBDataChunk> {
  const result: DuckDBResult = await readingParquet(file, () => duck.connection.stream(sql));
  for (;;) {
    const chunk = await readingParquet(file, () => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}

/** A DOUBLE column of a chunk. The query must not let a null through: its value would be whatever was in memory. */
export function doublesOf(chunk: DuckDBDataChunk, column: number): Float64Array {
  return (chunk.getColumnVector(column) as unknown as { items: Float64Array }).items;
}

export const NAN = "CAST('NaN' AS DOUBLE)";
export const isText = (type: string): boolean => type === 'VARCHAR' || type === 'BLOB';
/** Whether a column is of numbers by its type; a BOOLEAN is 0 or 1. */
export const isNumber = (type: string): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|BOOLEAN|DECIMAL\(.*\))$/.test(type);
/** Whether a column is of times by its type. */
export const isTyped = (type: string): boolean => type.startsWith('TIMESTAMP') || type === 'DATE';

/** The texts of a VARCHAR column of a chunk; null where there is none. */
export function textsOf(chunk: DuckDBDataChunk, column: number): readonly (string | null)[] {
  return chunk.getColumnValues(column) as (string | null)[];
}

/** SQL for a column as the text that it has. */
export const plainTextSql = ({ name }: ParquetColumn): string => `CAST(${quoted(name)} AS VARCHAR)`;
/** SQL for a column as text, spaces cut off. */
export const textSql = (column: ParquetColumn): string => `trim(${plainTextSql(column)})`;

/** A text as it is written in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL for a column of numbers as DOUBLE: NaN where it is null, infinite or no number. */
export function doubleSql({ name, type }: ParquetColumn): string {
  const column = quoted(name);
  // DuckDB divides a DECIMAL of more than 15 digits in two roundings; its text is rounded once.
  const precision = Number(/^DECIMAL\((\d+)/.exec(type)?.[1] ?? 0);
  const exact = precision > 15 ? `CAST(${column} AS VARCHAR)` : column;
  if (type === 'DOUBLE') return `CASE WHEN isfinite(${column}) THEN ${column} ELSE ${NAN} END`;
  if (type === 'FLOAT') {
    const value = `TRY_CAST(${exact} AS DOUBLE)`;
    return `CASE WHEN isfinite(${value}) THEN ${value} ELSE ${NAN} END`;
  }
  return `COALESCE(TRY_CAST(${exact} AS DOUBLE), ${NAN})`;
}

/** SQL for a column of times, or of numbers that count them, as microseconds in a DOUBLE; NaN where it is null or no time. Integers stay integers until the end. */
export function timeSql({ name, type }: ParquetColumn, unit: TimeUnit): string {
  const column = quoted(name);
  if (unit === 'iso') {
    if (type === 'TIMESTAMP_NS') return `COALESCE(CAST(epoch_ns(${column}) // 1000 AS DOUBLE), ${NAN})`;
    return `COALESCE(CAST(epoch_us(${column}) AS DOUBLE), ${NAN})`;
  }
  const scale = unit === 's' ? 1e6 : unit === 'ms' ? 1e3 : 1;
  if (type.includes('INT')) {
    // Nanoseconds do not fit a double: divided while they are integers. All else does, and is exact.
    const whole = unit === 'ns' ? `${column} // 1000` : column;
    return `COALESCE(CAST(${whole} AS DOUBLE) * ${scale}, ${NAN})`;
  }
  if (type === 'DOUBLE' || type === 'FLOAT') {
    // A fraction of a second or millisecond in a double is only near its microsecond: the nearest is meant.
    const micros = scale > 1 ? `round(${column} * ${scale})` : `floor(${column} / ${unit === 'ns' ? 1000 : 1})`;
    return `CASE WHEN isfinite(${column}) THEN CAST(${micros} AS DOUBLE) ELSE ${NAN} END`;
  }
  const decimal = `floor(TRY_CAST(${column} AS DECIMAL(38, 9)) * ${unit === 'ns' ? '0.001' : scale})`;
  return `COALESCE(TRY_CAST(${decimal} AS DOUBLE), ${NAN})`;
}

/** Values of a time column that are looked at for a first one that can be read. */
const SAMPLE_ROWS = 1000;

/** The first value of a time column that can be read, to tell its unit by. */
export async function timeSample(duck: Duck, file: string, column: ParquetColumn): Promise<TimeSample> {
  if (isTyped(column.type)) return { text: column.type, number: EARLIEST, isIso: true };
  if (column.type === 'FLOAT') {
    const expected = 'times as integers, doubles, text or of a type for times';
    fail(
      'input',
      `${file}, column ${column.name}`,
      expected,
      'numbers of 32 bits, which have lost digits: steps of 128 s',
    );
  }
  const sql = `SELECT ${plainTextSql(column)} FROM ${fromParquet(file)} WHERE ${quoted(column.name)} IS NOT NULL LIMIT ${SAMPLE_ROWS}`;
  const rows = await (await duck.connection.run(sql)).getRows();
  return sampleOfTimes(rows.length === 0 ? ['nulls only'] : rows.map(([text]) => String(text)));
}
