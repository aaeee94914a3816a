/** Bars that somebody else made, whole columns at a time: files of bars are small. */
import { BAR_FEATURES } from 'minotaur-core/internal/bars/bar';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { fail } from 'minotaur-core/internal/base/errors';
import { csvUnit, timeReader } from './csv/csv-trades.ts';
import { createCsvScanner, readCsvHead, scanFile } from './csv/csv.ts';
import {
  chunksOf,
  doubleSql,
  doublesOf,
  fromParquet,
  openDuck,
  parquetColumns,
  readingParquet,
  timeSample,
  timeSql,
} from './parquet/duck.ts';
import { isHeader } from './csv/layout.ts';
import { parseNumber } from './csv/parse.ts';
import { containerOf } from './csv/text-stream.ts';
import type { Compression } from './csv/text-stream.ts';
import { failUnit, findOutOfRange, settleUnit } from './csv/time-unit.ts';
import type { TimeUnit } from './csv/time-unit.ts';

/** What is not to be told from a file of bars itself. */
export interface BarInputOptions {
  /** Of its times; told by their size where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /**
   * What a lone `time` or `timestamp` says. `open`, the default, is the safe reading: taken wrongly it makes a bar known
   * one interval late, never early.
   */
  readonly barTime?: 'open' | 'close' | undefined;
}

/** A file of bars, whole. */
export interface BarsInput {
  /** Its path. */
  readonly file: string;
  /** How many bars. */
  readonly rows: number;
  /** open, high, low, close, volume, open_time, close_time (microseconds), and what else of a bar's columns the file has. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Of its times, as configured or told by their size. */
  readonly timeUnit: TimeUnit;
  /** How open_time and close_time came about, to be stated to the file's owner. */
  readonly timeMeaning: string;
  /** `bars.csv.gz line 12` or `bars.parquet row 11`. */
  place(i: number): string;
}

/** Columns by the names that files use; the first name is ours. */
const NAMES: readonly (readonly string[])[] = [
  ['open_time', 'openTime'],
  ['close_time', 'closeTime'],
  ['available_at', 'availableAt'],
  ['time', 'timestamp', 'datetime', 'date'],
  ['dollar_volume', 'quote_volume', 'quote_asset_volume'],
  ['num_ticks', 'count', 'number_of_trades'],
];
const TIMES: readonly string[] = ['open_time', 'close_time', 'available_at', 'time'];
const NEEDED: readonly string[] = ['open', 'high', 'low', 'close', 'volume'];
const ALIASES = new Map(NAMES.flatMap((names) => names.map((name) => [name.toLowerCase(), names[0]])));

interface RawBars {
  readonly columns: Record<string, Float64Array>;
  readonly rows: number;
  readonly unit: TimeUnit;
  place(i: number): string;
}

/**
 * Reads a file of bars: Parquet, or text that is plain, gzip or zstd, with a header.
 * @throws {MinotaurError} of kind `input` for a missing column, a malformed file, a wrong unit or no bars
 */
export async function readBars(file: string, options: BarInputOptions = {}): Promise<BarsInput> {
  const container = await containerOf(file);
  const raw = container === 'parquet' ? await parquetBars(file, options) : await csvBars(file, container, options);
  if (raw.rows === 0) fail('input', file, 'bars', 'no bars');
  for (const name of TIMES) {
    if (raw.columns[name] === undefined) continue;
    const bad = findOutOfRange(raw.columns[name], raw.rows);
    if (bad >= 0) failUnit(raw.place(bad), raw.unit, raw.columns[name][bad]);
  }
  const timeMeaning = settleTimes(raw, options.barTime ?? 'open', file);
  return { file, rows: raw.rows, columns: raw.columns, timeUnit: raw.unit, timeMeaning, place: raw.place };
}

/** Bars of a file, one at a time. */
export interface BarSource {
  /** How many. */
  readonly rows: number;
  /** Bar `i`, as an engine takes it. */
  at(i: number): GivenBar;
  /** `bars.csv.gz line 12` or `bars.parquet row 11`. */
  place(i: number): string;
}

/**
 * Opens a file of bars, Parquet or text with a header.
 * @throws {MinotaurError} of kind `input`, as {@link readBars}
 */
export async function openBars(file: string, options: BarInputOptions = {}): Promise<BarSource> {
  const { columns, rows, place } = await readBars(file, options);
  const entries = Object.entries(columns);
  const at = (i: number): GivenBar =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[i]])) as GivenBar;
  return { rows, at, place };
}

/** Our name and the index of each column that is wanted. */
function wantedColumns(names: readonly string[], where: string): Map<string, number> {
  const wanted = new Map<string, number>();
  names.forEach((name, at) => {
    const key = name.trim().toLowerCase();
    const known = ALIASES.get(key) ?? (BAR_FEATURES as readonly string[]).find((feature) => feature === key);
    if (known === undefined) return;
    if (wanted.has(known))
      fail('input', where, `one ${known} column`, `${names[wanted.get(known) as number]} and ${name}`);
    wanted.set(known, at);
  });
  const missing = NEEDED.filter((name) => !wanted.has(name));
  if (missing.length > 0)
    fail('input', where, `columns ${NEEDED.join(', ')}`, `none named ${missing.join(', ')} among ${names.join(', ')}`);
  if (!TIMES.some((name) => wanted.has(name) && name !== 'available_at')) {
    fail('input', where, 'a time, timestamp, open_time or close_time column', `the columns ${names.join(', ')}`);
  }
  return wanted;
}

async function csvBars(file: string, compression: Compression, options: BarInputOptions): Promise<RawBars> {
  const head = await readCsvHead(file, compression);
  const where = `${file} line ${head.firstLine}`;
  if (!isHeader(head.first)) fail('input', where, 'a header row', head.first.join(', '));
  if (head.second === undefined) fail('input', file, 'bars', 'no bars: a header and nothing below it');
  const wanted = [...wantedColumns(head.first, where)];
  const timeAt = wanted.find(([name]) => TIMES.includes(name)) as [string, number];
  const unit = csvUnit(head, true, timeAt[1], options.timeUnit, file);
  const readTime = timeReader(unit);
  const scanner = createCsvScanner(file, head.delimiter, head.first.length);
  const { cells } = scanner;
  const values: number[][] = wanted.map(() => []);
  const lines: number[] = [];
  const onRow = (): boolean => {
    if (cells.line === head.firstLine) return true;
    lines.push(cells.line);
    wanted.forEach(([name, at], k) => {
      const read = TIMES.includes(name) ? readTime : parseNumber;
      values[k].push(read(cells.bytes, cells.starts[at], cells.ends[at]));
    });
    return true;
  };
  const scan = scanFile(file, compression, scanner, onRow);
  while ((await scan.next()).done !== true) continue;
  const columns = Object.fromEntries(wanted.map(([name], k) => [name, Float64Array.from(values[k])]));
  return { columns, rows: lines.length, unit, place: (i) => `${file} line ${lines[i]}` };
}

async function parquetBars(file: string, options: BarInputOptions): Promise<RawBars> {
  const duck = await openDuck();
  try {
    const all = await readingParquet(file, () => parquetColumns(duck, file));
    const names = all.map(({ name }) => name);
    const wanted = [...wantedColumns(names, file)];
    const [, timeAt] = wanted.find(([name]) => TIMES.includes(name)) as [string, number];
    const sample = await readingParquet(file, () => timeSample(duck, file, all[timeAt]));
    const unit = settleUnit(sample, options.timeUnit, `${file}, column ${names[timeAt]}`);
    const list = wanted.map(([name, at]) => (TIMES.includes(name) ? timeSql(all[at], unit) : doubleSql(all[at])));
    const parts: Float64Array[][] = wanted.map(() => []);
    let rows = 0;
    for await (const chunk of chunksOf(duck, file, `SELECT ${list.join(', ')} FROM ${fromParquet(file)}`)) {
      parts.forEach((part, k) => part.push(doublesOf(chunk, k).slice(0, chunk.rowCount)));
      rows += chunk.rowCount;
    }
    const columns = Object.fromEntries(wanted.map(([name], k) => [name, joined(parts[k], rows)]));
    return { columns, rows, unit, place: (i) => `${file} row ${i + 1}` };
  } finally {
    duck.close();
  }
}

function joined(parts: readonly Float64Array[], length: number): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Completes open_time and close_time from what the file has. @returns how, in words */
function settleTimes({ columns, rows }: RawBars, barTime: 'open' | 'close', file: string): string {
  const { open_time: openTime, close_time: closeTime, time } = columns;
  delete columns['time'];
  if (openTime !== undefined && closeTime !== undefined) return "open and close times are the file's";
  const isOpen = openTime !== undefined || (closeTime === undefined && barTime === 'open');
  const given = openTime ?? closeTime ?? time;
  const interval = commonestDifference(given, rows, file);
  const other = given.map((t) => (isOpen ? t + interval : t - interval));
  columns['open_time'] = isOpen ? given : other;
  columns['close_time'] = isOpen ? other : given;
  const named = openTime !== undefined || closeTime !== undefined ? "the file's" : 'assumed (barTime)';
  const seconds = `${interval / 1e6} s, the commonest difference`;
  return isOpen
    ? `open times are ${named}; a bar lasts ${seconds}`
    : `close times are ${named}; a bar lasts ${seconds}`;
}

/** The commonest positive difference between successive times; the shortest of equally common ones. */
function commonestDifference(time: Float64Array, rows: number, file: string): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < rows; i++) {
    const difference = time[i] - time[i - 1];
    if (difference > 0) counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (ranked.length === 0) {
    fail(
      'input',
      file,
      "open_time and close_time, or two bars to tell a bar's length by",
      'one time column, and no two bars in order',
    );
  }
  return ranked[0][0];
}
