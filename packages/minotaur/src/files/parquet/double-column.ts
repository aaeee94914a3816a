/** Columns of numbers and times: what Parquet has a type for comes as it is, text is read as that of CSV is. */
import { numberOf } from 'minotaur-core/internal/base/texts';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { timeReader } from '../csv/csv-rows.ts';
import type { TimeUnit } from '../csv/time-unit.ts';
import { doublesOf, doubleSql, isText, isTyped, plainTextSql, textsOf, timeSql, type ParquetColumn } from './duck.ts';

/** How a column is selected, and how it becomes doubles. */
export interface DoubleColumn {
  readonly sql: string;
  /** Of a column of text: its number, NaN where it is none. */
  readonly parse?: (text: string) => number;
}

/** A column of numbers; NaN where there is none. */
export function numberColumn(column: ParquetColumn): DoubleColumn {
  if (!isText(column.type)) return { sql: doubleSql(column) };
  return { sql: plainTextSql(column), parse: (text) => numberOf(text.trim()) };
}

/** A column of times in microseconds; NaN where there is none. A column of a type for times needs no unit. */
export function timeColumn(column: ParquetColumn, unit: TimeUnit): DoubleColumn {
  if (isTyped(column.type)) return { sql: timeSql(column, 'iso') };
  if (!isText(column.type)) return { sql: timeSql(column, unit) };
  const read = timeReader(unit);
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
  { parse }: DoubleColumn,
  onNone?: (row: number, text: string) => void,
): Float64Array {
  if (parse === undefined) return doublesOf(chunk, k).subarray(0, chunk.rowCount);
  return Float64Array.from(textsOf(chunk, k), (text, row) => {
    const value = text === null ? NaN : parse(text);
    if (text !== null && value !== value) onNone?.(row, text);
    return value;
  });
}
