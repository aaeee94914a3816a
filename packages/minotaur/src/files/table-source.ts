/** Tables of times and numbers: Parquet, or text that is plain, gzip, zstd or zipped; block by block. */
import { fail } from 'minotaur-core/internal/base/errors';
import { headerTest } from './csv/header-again.ts';
import { csvUnit, timeReader } from './csv/csv-trades.ts';
import { createCsvScanner, readCsvHead, scanFile, type Cells } from './csv/csv.ts';
import { numberColumn, timeColumn, valuesOf, type DoubleColumn } from './parquet/double-column.ts';
import {
  chunksOf,
  doublesOf,
  numberedParquet,
  isNumber,
  isText,
  openDuck,
  parquetColumns,
  readingParquet,
  timeSample,
} from './parquet/duck.ts';
import { withoutAddress } from './csv/address-line.ts';
import { dayTimeReader, rowTest } from './csv/csv-rows.ts';
import { requireDates } from './csv/local-time.ts';
import { rowTexts, type Sieve } from './csv/told-texts.ts';
import { isHeader, type InputOptions } from './csv/layout.ts';
import { requireTable } from './csv/no-table.ts';
import { isNoValue } from './csv/no-value.ts';
import { numberReader } from './csv/number-format.ts';
import { parseNumber, textOf } from './csv/parse.ts';
import type { TextFile } from './csv/text-file.ts';
import { containerOf, textFileOf } from './csv/text-stream.ts';
import { tellingColumns, type Telling, type TellingColumn } from './csv/telling.ts';
import { requireSame } from './parquet/same-rows.ts';
import { declaredSql } from './parquet/trades-sql.ts';
import { metaTraderNames } from './metatrader.ts';
import { placesOf, type WantedColumn } from './wanted-column.ts';
import { failUnit, findOutOfRange, settleUnit } from './csv/time-unit.ts';
import type { TimeUnit } from './csv/time-unit.ts';

/** Values by our names. */
export type TableColumns = Readonly<Record<string, Float64Array>>;

/** What is wanted of a table. */
export interface TableShape {
  /** What its rows are: `bars`. */
  readonly what: string;
  /** Picks the columns, one of which is a time. @throws where one is missing */
  wanted(names: readonly string[], where: string): readonly WantedColumn[];
  /** Names of the columns of a file without a header, by its first row. @throws where they cannot be told */
  headerless(first: readonly string[], where: string): readonly string[];
  /** Whether a column of our name is a time. */
  isTime(name: string): boolean;
  /** Whether a cell that is neither empty nor a number or time is refused; where it is not, it is NaN. */
  readonly isStrict?: boolean;
  /** Whether numbers written for people are read as `decimal` says, and refused where it is not said. */
  readonly isFormatted?: boolean;
  /** Whether a first line that is nothing but an address is left out. */
  readonly mayHaveAddress?: boolean;
  /** Columns that say more of its rows than what is traded, of which `telling` hears too. */
  telling?(names: readonly string[], settled: ReadonlySet<number>): readonly TellingColumn[];
}

/** How a table is read. */
export interface TableOptions {
  /** Of its times; told by their size where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /** The zone of times that name none; UTC where absent. */
  readonly zone?: InputOptions['zone'];
  /** The mark before the decimals of numbers written for people. */
  readonly decimal?: InputOptions['decimal'];
  /** Texts that rows have to have in columns, by name; others are left out. */
  readonly where?: InputOptions['where'];
  /** Where all rows, of this table and of others, are of one thing that is traded: refuses those that say otherwise. */
  readonly telling?: Telling | undefined;
}

/** Rows of a table. */
export interface TableBlock {
  readonly rows: number;
  /** Times in microseconds; NaN where there is no number. */
  readonly columns: TableColumns;
  /** `table.csv.gz line 12` or `table.parquet row 11`. */
  place(i: number): string;
}

/** A table, opened. */
export interface Table {
  /** Of its times. */
  readonly unit: TimeUnit;
  readonly wanted: readonly WantedColumn[];
  /** The address in its first line, which is left out. */
  readonly address?: string | undefined;
  /** All rows from the start. */
  blocks(): AsyncGenerator<TableBlock>;
}

/** Rows of a block. */
const BLOCK_ROWS = 8192;

/**
 * Opens a table.
 * @throws {MinotaurError} of kind `input` for a missing column, a malformed file, a wrong unit or no rows; from `blocks` too
 */
export async function openTable(file: string, shape: TableShape, options: TableOptions = {}): Promise<Table> {
  const container = await containerOf(file);
  const table =
    container === 'parquet'
      ? await parquetTable(file, shape, options)
      : await csvTable(textFileOf(file, container), shape, options);
  async function* blocks(): AsyncGenerator<TableBlock> {
    for await (const block of table.blocks()) {
      for (const [name, values] of Object.entries(block.columns)) {
        const bad = shape.isTime(name) ? findOutOfRange(values, block.rows) : -1;
        if (bad >= 0) failUnit(block.place(bad), table.unit, values[bad]);
      }
      yield block;
    }
  }
  return { ...table, blocks };
}

/** Names of the columns of a table, below an address if it begins with one; undefined where it has no header and none are known. */
export async function namesOfTable(file: string): Promise<readonly string[] | undefined> {
  const container = await containerOf(file);
  if (container !== 'parquet') {
    const { text } = await withoutAddress(textFileOf(file, container));
    const { first } = await readCsvHead(text);
    return isHeader(first) ? first : metaTraderNames(first);
  }
  const duck = await openDuck();
  try {
    return (await readingParquet(file, () => parquetColumns(duck, file))).map(({ name }) => name);
  } finally {
    duck.close();
  }
}

async function csvTable(whole: TextFile, shape: TableShape, options: TableOptions): Promise<Table> {
  const { text, address } = shape.mayHaveAddress ? await withoutAddress(whole) : { text: whole, address: undefined };
  const { file } = text;
  const head = await readCsvHead(text);
  requireTable(head, file);
  const where = `${file} line ${head.firstLine}`;
  const header = isHeader(head.first);
  if (header && head.second === undefined)
    fail('input', file, shape.what, `no ${shape.what}: a header and nothing below it`);
  const width = head.first.length;
  const names = header ? head.first : shape.headerless(head.first, where).slice(0, width);
  const wanted = shape.wanted(names, where);
  const [, timeAt, dayAt] = wanted.find(([name]) => shape.isTime(name)) as WantedColumn;
  if (dayAt !== undefined)
    requireDates(header ? head.rows : [head.first, ...head.rows], { date: dayAt, time: timeAt }, file);
  const unit = dayAt === undefined ? csvUnit(head, header, timeAt, options.timeUnit, file) : 'iso';
  const sieve = sieveOf(names, wanted, options, shape);
  const readTime = timeReader(unit, options.zone);
  async function* blocks(): AsyncGenerator<TableBlock> {
    const scanner = createCsvScanner(file, head.delimiter, width);
    const { cells } = scanner;
    const place = (): string => `${file} line ${cells.line}`;
    const { telling, decimal } = options;
    const numbers = (name: string) => (shape.isFormatted ? numberReader(decimal, name, place) : parseNumber);
    const readers = wanted.map(([name, at, day]) => {
      if (day !== undefined) return dayTimeReader(cells, { date: day, time: at }, options.zone);
      return shape.isTime(name) ? readTime : numbers(name);
    });
    const filter = { takes: () => true, requireSame: () => undefined, ...telling };
    const isLeft = sieve && rowTest(cells, filter, place, rowTexts(sieve));
    let lines = new Float64Array(BLOCK_ROWS);
    let values = wanted.map(() => new Float64Array(BLOCK_ROWS));
    let rows = 0;
    const { first, firstLine: headerLine } = head;
    const repeatsHeader = headerTest(cells, { header: header ? first : undefined, headerLine, file, at: timeAt });
    const onRow = (): boolean => {
      if ((header && cells.line === headerLine) || repeatsHeader() || isLeft?.() !== undefined) return true;
      lines[rows] = cells.line;
      for (let k = 0; k < wanted.length; k++) {
        const at = wanted[k][1];
        const value = readers[k](cells.bytes, cells.starts[at], cells.ends[at]);
        values[k][rows] = value;
        if (value !== value && shape.isStrict) requireEmpty(cellText(cells, at), wanted[k][0], place());
      }
      return ++rows < BLOCK_ROWS;
    };
    const take = (): TableBlock => {
      const [at, columns, count] = [lines, named(wanted, values, rows), rows];
      lines = new Float64Array(BLOCK_ROWS);
      values = wanted.map(() => new Float64Array(BLOCK_ROWS));
      rows = 0;
      return { rows: count, columns, place: (i) => `${file} line ${at[i]}` };
    };
    for await (const _ of scanFile(text, scanner, onRow)) yield take();
    if (rows > 0) yield take();
  }
  return { unit, wanted, address, blocks };
}

/** Which rows are taken; undefined where all are. A condition on a column that the table has not is one on trades beside it. */
function sieveOf(
  names: readonly string[],
  wanted: readonly WantedColumn[],
  { where = {}, telling }: TableOptions,
  shape: TableShape,
): Sieve | undefined {
  const conditions = names.flatMap((name, at) => (Object.hasOwn(where, name) ? [{ at, text: where[name] }] : []));
  const settled = new Set([...wanted.flatMap(placesOf), ...conditions.map(({ at }) => at)]);
  const more = shape.telling?.(names, settled) ?? [];
  const told = telling === undefined ? [] : [...tellingColumns(names, settled), ...more];
  const isAll = conditions.length + told.length === 0;
  return isAll ? undefined : { fields: { symbol: -1 }, where: conditions, telling: told };
}

const cellText = ({ bytes, starts, ends }: Cells, at: number): string => textOf(bytes, starts[at], ends[at]);

/** @throws where a cell that gave no value has a text */
function requireEmpty(text: string, name: string, where: string): void {
  if (!isNoValue(text.trim())) fail('input', where, `a number or time as ${name}`, `the text '${text.trim()}'`);
}

function named(wanted: readonly WantedColumn[], values: readonly Float64Array[], rows: number): TableColumns {
  return Object.fromEntries(wanted.map(([name], k) => [name, values[k].subarray(0, rows)]));
}

async function parquetTable(file: string, shape: TableShape, options: TableOptions): Promise<Table> {
  const duck = await openDuck();
  try {
    const all = await readingParquet(file, () => parquetColumns(duck, file));
    const names = all.map(({ name }) => name);
    const wanted = shape.wanted(names, file);
    const [, timeAt, dayAt] = wanted.find(([name]) => shape.isTime(name)) as WantedColumn;
    if (dayAt !== undefined) fail('input', file, 'times of one column, day and time, in Parquet', 'a column of dates');
    const unitOf = async (at: number): Promise<TimeUnit> => {
      const sample = await readingParquet(file, () => timeSample(duck, file, all[at]));
      return settleUnit(sample, options.timeUnit, `${file}, column ${names[at]}`);
    };
    const unit = await unitOf(timeAt);
    const columns: DoubleColumn[] = [];
    for (const [name, at] of wanted) {
      const column = all[at];
      const isCount = shape.isTime(name) && isNumber(column.type);
      // Beside times that are times by their type, others may be counted: in a unit of their own.
      if (shape.isTime(name))
        columns.push(timeColumn(column, isCount && unit === 'iso' ? await unitOf(at) : unit, options.zone));
      else columns.push(numberColumn(column, options.decimal));
      if (shape.isStrict && !shape.isTime(name) && !isNumber(column.type) && !isText(column.type))
        fail('input', `${file}, column ${names[at]}`, `numbers as ${name}`, `values of the type ${column.type}`);
    }
    const sieve = sieveOf(names, wanted, options, shape);
    const where = declaredSql(all, sieve?.where ?? []);
    if (options.telling !== undefined)
      await requireSame(duck, { file, columns: all, telling: sieve?.telling ?? [], where }, options.telling);
    return { unit, wanted, blocks: () => parquetBlocks({ file, columns, where }, wanted, shape) };
  } finally {
    duck.close();
  }
}

interface ParquetRows {
  readonly file: string;
  readonly columns: readonly DoubleColumn[];
  /** The condition, as SQL, of those that are taken. */
  readonly where: string;
}

async function* parquetBlocks(
  { file, columns: list, where }: ParquetRows,
  wanted: readonly WantedColumn[],
  { isStrict }: TableShape,
): AsyncGenerator<TableBlock> {
  const duck = await openDuck();
  const selected = [...list.map(({ sql }) => sql), 'CAST(file_row_number + 1 AS DOUBLE)'].join(', ');
  try {
    const sql = `SELECT ${selected} FROM ${numberedParquet(file)} WHERE ${where}`;
    for await (const chunk of chunksOf(duck, file, sql)) {
      const rows = chunk.rowCount;
      const numbers = doublesOf(chunk, list.length).slice(0, rows);
      const place = (i: number): string => `${file} row ${numbers[i]}`;
      const values = wanted.map(([name], k) => {
        const refuse = (i: number, text: string): void => requireEmpty(text, name, place(i));
        return valuesOf(chunk, k, list[k], isStrict ? refuse : undefined).slice();
      });
      yield { rows, columns: named(wanted, values, rows), place };
    }
  } finally {
    duck.close();
  }
}
