/** A Parquet file, read column by column. */
import { numberOf } from 'minotaur-core/internal/base/texts';
import { timeReader } from '../../files/csv/csv-rows.ts';
import {
  chunksOf,
  doublesOf,
  doubleSql,
  fromParquet,
  isNumber,
  isTyped,
  NAN,
  openDuck,
  parquetColumns,
  plainTextSql,
  quoted,
  readingParquet,
  textsOf,
  timeSql,
  type Duck,
  type ParquetColumn,
} from '../../files/parquet/duck.ts';
import { kindOf, valueOfWord, type TypedColumn } from './kinds.ts';
import type { Side } from './side.ts';
import { createWords, type Words } from './words.ts';

/** First rows by which a column of texts, or of numbers that may be times, is told. */
const SAMPLED = 200;

/** Numbers as they are: infinite ones too. */
function numberSql(column: ParquetColumn): string {
  const { name, type } = column;
  return type === 'DOUBLE' || type === 'FLOAT'
    ? `COALESCE(CAST(${quoted(name)} AS DOUBLE), ${NAN})`
    : doubleSql(column);
}

interface Reader extends TypedColumn {
  readonly sql: string;
  /** Of a column that is read as text. */
  readonly parse?: (text: string) => number;
}

function readerOf(column: ParquetColumn, texts: readonly string[], words: Words): Reader {
  const { name, type } = column;
  if (isTyped(type)) return { name, kind: 'time', unit: 'iso', sql: timeSql(column, 'iso') };
  const typed = kindOf(name, texts);
  if (isNumber(type)) {
    const { unit } = typed;
    return unit === undefined || unit === 'iso'
      ? { name, kind: 'number', unit: undefined, sql: numberSql(column) }
      : { ...typed, sql: timeSql(column, unit) };
  }
  const readTime = typed.unit === undefined ? undefined : timeReader(typed.unit);
  const parse = (text: string): number => {
    if (typed.kind === 'text') return valueOfWord(text, words);
    const bytes = readTime && Buffer.from(text);
    const value =
      readTime === undefined || bytes === undefined ? numberOf(text.trim()) : readTime(bytes, 0, bytes.length);
    return value === value ? value : valueOfWord(text, words);
  };
  return { ...typed, sql: plainTextSql(column), parse };
}

async function readersOf(duck: Duck, file: string, words: Words): Promise<Reader[]> {
  const all = await readingParquet(file, () => parquetColumns(duck, file));
  const list = all.map(plainTextSql).join(', ');
  const sql = `SELECT ${list} FROM ${fromParquet(file)} LIMIT ${SAMPLED}`;
  const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  const textsAt = (k: number): string[] => rows.flatMap((row) => (row[k] === null ? [] : [String(row[k])]));
  return all.map((column, k) => readerOf(column, textsAt(k), words));
}

/** Opens a Parquet file; what is neither number nor time, lists and the like too, is the text that it has. */
export async function parquetSide(file: string, what = 'Parquet'): Promise<Side> {
  const duck = await openDuck();
  const words = createWords();
  try {
    // A table is read in many passes, and of a wide one the list of its chunks is long.
    await duck.connection.run('SET parquet_metadata_cache = true');
    const readers = new Map((await readersOf(duck, file, words)).map((reader) => [reader.name, reader]));
    const counted = await readingParquet(file, () => duck.connection.run(`SELECT count(*) FROM ${fromParquet(file)}`));
    const rows = Number((await counted.getRows())[0][0]);
    return {
      name: file,
      what,
      rows,
      columns: [...readers.values()],
      word: words.word,
      close: duck.close,
      read: (names, into = []) => {
        const list = names.map((name) => readers.get(name) as Reader);
        return readAll(
          duck,
          file,
          list,
          list.map((_, k) => into[k] ?? new Float64Array(rows)),
        );
      },
    };
  } catch (error) {
    duck.close();
    throw error;
  }
}

async function readAll(
  duck: Duck,
  file: string,
  list: readonly Reader[],
  columns: Float64Array[],
): Promise<Float64Array[]> {
  if (list.length === 0) return columns;
  const sql = `SELECT ${list.map((reader) => reader.sql).join(', ')} FROM ${fromParquet(file)}`;
  let at = 0;
  for await (const chunk of chunksOf(duck, file, sql)) {
    const count = chunk.rowCount;
    list.forEach(({ parse }, k) => {
      if (parse === undefined) columns[k].set(doublesOf(chunk, k).subarray(0, count), at);
      else textsOf(chunk, k).forEach((text, i) => (columns[k][at + i] = text === null ? NaN : parse(text)));
    });
    at += count;
  }
  return columns;
}
