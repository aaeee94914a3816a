/** A table from a file, every column of it under its own name: CSV, plain or compressed, or Parquet. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { createCsvScanner, readCsvHead, scanFile } from '../../files/csv/csv.ts';
import { listed } from '../../files/csv/listed.ts';
import { isNoValue } from '../../files/csv/no-value.ts';
import { textOf } from '../../files/csv/parse.ts';
import { unitOfText, type TimeUnit } from '../../files/csv/time-unit.ts';
import { containerOf, textFileOf } from '../../files/csv/text-stream.ts';
import { openTable, type TableShape } from '../../files/table-source.ts';
import { readParquetTexts, type Texts } from './parquet-texts.ts';
import type { ColumnType, ForeignColumn, ForeignTable, TimeForm } from './table.ts';

/** Names of a time column, the likeliest first. */
const TIMES = [
  'date',
  'datetime',
  'timestamp',
  'time',
  'open_time',
  'opentime',
  'ts',
  'transact_time',
  't',
  'close_time',
  'closetime',
];

export interface ReadOptions {
  /** Name of the column with the times; told by its name where absent. */
  readonly time?: string | undefined;
  /** How a function is to see times; as the file writes them where absent. */
  readonly form?: TimeForm | undefined;
  readonly index?: boolean | undefined;
}

/** A table that was read. */
export interface ReadTable {
  readonly table: ForeignTable;
  /** Columns that could not be given to a function. */
  readonly leftOut: readonly string[];
}

/**
 * Reads a file.
 * @throws {MinotaurError} of kind `input` where it has no times, no rows, or cannot be read
 */
export async function readTable(file: string, options: ReadOptions = {}): Promise<ReadTable> {
  let names: readonly string[] = [];
  let timeName = '';
  const shape: TableShape = {
    what: 'rows',
    wanted(given, where) {
      names = given.map((name, k) => (name.trim() === '' ? `unnamed ${k}` : name.trim()));
      const twice = names.find((name, k) => names.indexOf(name) < k);
      if (twice !== undefined) fail('input', where, 'each column once', `'${twice}' twice`);
      timeName = chooseTime(names, options.time, where);
      return names.map((name, at) => [name, at] as const);
    },
    headerless: (first, where) => fail('input', where, 'a header with the names of columns', first.join(', ')),
    isTime: (name) => name === timeName,
  };
  const source = await openTable(file, shape);
  const whole = new Map<string, number[][]>();
  let rows = 0;
  for await (const { columns, rows: more } of source.blocks()) {
    for (const name of names) (whole.get(name) ?? whole.set(name, []).get(name))?.push([...columns[name]]);
    rows += more;
  }
  if (rows === 0) fail('input', file, 'rows', 'none');
  const values = new Map([...whole].map(([name, parts]) => [name, Float64Array.from(parts.flat())]));
  whole.clear();
  const isWhole = (name: string): boolean => values.get(name)?.every(Number.isSafeInteger) === true;
  const { texts, fractions, flags } = await readTexts(file, names, timeName, names.filter(isWhole));
  const columns: ForeignColumn[] = [];
  const leftOut: string[] = [];
  for (const name of names) {
    const own = values.get(name) as Float64Array;
    const isFlag = flags.has(name) && isWhole(name);
    const type = isFlag ? 'boolean' : isWhole(name) && !fractions.has(name) ? 'integer' : 'number';
    const column = settleColumn(name, own, name === timeName ? 'time' : type, texts.get(name));
    if (column === undefined) leftOut.push(name);
    else columns.push(column);
  }
  const times = columns.find(({ name }) => name === timeName) as ForeignColumn;
  requireTimes(times.values, file);
  const table: ForeignTable = {
    time: timeName,
    form: options.form ?? formOf(source.unit, texts.get(timeName)),
    index: options.index ?? false,
    rows,
    columns,
    ordinals: Int32Array.from({ length: rows }, (_, i) => i),
    later: 0,
  };
  return { table, leftOut };
}

function chooseTime(names: readonly string[], asked: string | undefined, where: string): string {
  const lower = names.map((name) => name.toLowerCase());
  const at =
    asked === undefined ? lower.indexOf(TIMES.find((time) => lower.includes(time)) ?? '') : names.indexOf(asked);
  if (at < 0)
    fail(
      'input',
      where,
      asked === undefined ? 'a column of times' : `a column ${asked}`,
      `the columns ${listed(names)}`,
    );
  return names[at];
}

/** A function that is given what a file writes: dates with a zone only where the file has one. */
function formOf(unit: TimeUnit, texts: readonly string[] | undefined): TimeForm {
  if (unit !== 'iso') return unit;
  return texts !== undefined && !/(Z|[+-]\d\d:?\d\d)$/i.test(texts[0] ?? '') ? 'naive' : 'utc';
}

function requireTimes(values: Float64Array, file: string): void {
  const bad = values.findIndex((value) => value !== value);
  if (bad >= 0) fail('input', `${file}, row ${bad + 1}`, 'a time in every row', 'none');
  const early = values.findIndex((value, i) => i > 0 && value < values[i - 1]);
  if (early > 0) fail('input', `${file}, row ${early + 1}`, 'rows in order of time', 'a time before the row above');
}

const BOOLEAN = /^(true|false)$/i;

function settleColumn(
  name: string,
  values: Float64Array,
  type: ColumnType,
  texts: readonly string[] | undefined,
): ForeignColumn | undefined {
  if (type === 'time' || values.some((value) => value === value)) return { name, type, values };
  const said = texts?.filter((text) => !isNoValue(text));
  if (texts === undefined || said === undefined || said.length === 0) return undefined;
  if (said.length === texts.length && said.every((text) => BOOLEAN.test(text)))
    return { name, type: 'boolean', values: Float64Array.from(texts, (text) => (/^t/i.test(text) ? 1 : 0)) };
  if (said.every((text) => !Number.isNaN(parseIso(text))) && unitOfText(said[0]) === 'iso')
    return { name, type: 'time', values: Float64Array.from(texts, (text) => (isNoValue(text) ? NaN : parseIso(text))) };
  const words = [...new Set(said)];
  const places = new Map(words.map((word, k) => [word, k]));
  return { name, type: 'text', values: Float64Array.from(texts, (text) => places.get(text) ?? NaN), words };
}

/** Reads the cells once more, for what numbers do not tell. */
async function readTexts(
  file: string,
  names: readonly string[],
  time: string,
  whole: readonly string[],
): Promise<Texts> {
  const container = await containerOf(file);
  if (container === 'parquet') return readParquetTexts(file, names, time);
  const fractions = new Set<string>();
  const text = textFileOf(file, container);
  const head = await readCsvHead(text);
  const wanted = names.flatMap((name, k) =>
    name === time || head.rows.slice(0, 50).every((row) => Number.isNaN(Number(row[k] ?? '') || NaN)) ? [k] : [],
  );
  const found = new Map(wanted.map((k) => [names[k], [] as string[]]));
  const counted = new Map(whole.map((name) => [name, names.indexOf(name)]));
  const scanner = createCsvScanner(file, head.delimiter, 0);
  const { cells } = scanner;
  for await (const _ of scanFile(text, scanner, () => {
    if (cells.line === head.firstLine) return true;
    for (const k of wanted) found.get(names[k])?.push(textOf(cells.bytes, cells.starts[k], cells.ends[k]).trim());
    for (const [name, k] of counted) {
      if (!/[.e]/i.test(textOf(cells.bytes, cells.starts[k], cells.ends[k]))) continue;
      fractions.add(name);
      counted.delete(name);
    }
    return true;
  }));
  return { texts: found, fractions, flags: new Set() };
}
