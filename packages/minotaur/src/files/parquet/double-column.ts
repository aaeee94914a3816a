/** Columns of numbers and times: what Parquet has a type for comes as it is, text is read as that of CSV is. */
import { numberOf } from 'minotaur-core/internal/base/texts';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { timeReader } from '../csv/csv-rows.ts';
import { toUtc, zoneOffset } from '../csv/local-time.ts';
import { parseFormatted, type DecimalMark } from '../csv/number-format.ts';
import type { TimeUnit } from '../csv/time-unit.ts';
import { doublesOf, doubleSql, isText, isTyped, plainTextSql, textsOf, timeSql, type ParquetColumn } from './duck.ts';

/** How a column is selected, and how it becomes doubles. */
export interface DoubleColumn {
  readonly sql: string;
  /** Of a column of text: its number, NaN where it is none. */
  readonly parse?: (text: string) => number;
  /** Of a column of local times: the time in UTC. */
  readonly settle?: (local: number) => number;
}

/** A column of numbers; NaN where there is none. `decimal` is the mark before the decimals of those that are text. */
export function numberColumn(column: ParquetColumn, decimal?: DecimalMark): DoubleColumn {
  if (!isText(column.type)) return { sql: doubleSql(column) };
  const parse = decimal === undefined ? numberOf : (text: string) => parseFormatted(text, decimal);
  return { sql: plainTextSql(column), parse: (text) => parse(text.trim()) };
}

/**
 * A column of times in microseconds; NaN where there is none. A column of a type for times needs no unit. `zone` is that of times
 * which name none: text, and types without a zone.
 */
export function timeColumn(column: ParquetColumn, unit: TimeUnit, zone?: string): DoubleColumn {
  if (isTyped(column.type)) {
    const sql = timeSql(column, 'iso');
    if (zone === undefined || column.type.endsWith('WITH TIME ZONE')) return { sql };
    const ahead = zoneOffset(zone);
    return { sql, settle: (local) => toUtc(local, ahead) };
  }
  if (!isText(column.type)) return { sql: timeSql(column, unit) };
  const read = timeReader(unit, zone);
  return {
    sql: plainTextSql(column),
    parse(text) {
      const bytes = Buffer.from(text);
      return read(bytes, 0, bytes.length);
    },
  };
}

/**
 * The values of column `k` of a chunk.
 * @param onNone told of each text that gave no number
 */
export function valuesOf(
  chunk: DuckDBDataChunk,
  k: number,
  { parse, settle }: DoubleColumn,
  onNone?: (row: number, text: string) => void,
): Float64Array {
  if (parse === undefined) {
    const values = doublesOf(chunk, k).subarray(0, chunk.rowCount);
    return settle === undefined ? values : values.map(settle);
  }
  return Float64Array.from(textsOf(chunk, k), (text, row) => {
    const value = text === null ? NaN : parse(text);
    if (text !== null && value !== value) onNone?.(row, text);
    return value;
  });
}
