/** Bars that somebody else made, read block by block: years of minutes are millions of them. */
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
import { isTime, klineNames, wantedColumns, type WantedColumn } from './bars-layout.ts';
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

/** What a file of bars is, as far as its first rows tell. */
interface BarsFormat {
  /** Its path. */
  readonly file: string;
  /** Of its times, as configured or told by their size. */
  readonly timeUnit: TimeUnit;
  /** How open_time and close_time came about, to be stated to the file's owner. */
  readonly timeMeaning: string;
}

/** Columns of bars: open, high, low, close, volume, open_time, close_time (microseconds), and what else of a bar's the file has. */
type BarColumns = Readonly<Record<string, Float64Array>>;

/** Some bars of a file, in order. */
export interface BarBlock {
  /** How many. */
  readonly rows: number;
  /** By our names, `rows` values each. */
  readonly columns: BarColumns;
  /** Bar `i` of the block, as an engine takes it. */
  at(i: number): GivenBar;
  /** `bars.csv.gz line 12` or `bars.parquet row 11`. */
  place(i: number): string;
}

/** A file of bars, opened. */
export interface BarSource extends BarsFormat {
  /** Its bars from the start, in bounded memory. */
  blocks(): AsyncGenerator<BarBlock>;
}

/** A file of bars, whole. */
export interface BarsInput extends BarsFormat {
  /** How many bars. */
  readonly rows: number;
  /** By our names, `rows` values each. */
  readonly columns: BarColumns;
  /** `bars.csv.gz line 12` or `bars.parquet row 11`. */
  place(i: number): string;
}

/** Bars of a block. */
const BLOCK_ROWS = 8192;
/** Bars from the start by which the length of a bar is told, where the file has one time only. */
const LENGTH_ROWS = 65_536;

interface RawBlock {
  readonly rows: number;
  /** `time` among them where the file has it. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  place(i: number): string;
}

interface RawBars {
  readonly unit: TimeUnit;
  readonly wanted: readonly WantedColumn[];
  blocks(): AsyncGenerator<RawBlock>;
}

/**
 * Opens a file of bars: Parquet, or text that is plain, gzip or zstd, with a header or as Binance publishes klines.
 * @throws {MinotaurError} of kind `input` for a missing column, a malformed file, a wrong unit or no bars; from `blocks` too
 */
export async function openBars(file: string, options: BarInputOptions = {}): Promise<BarSource> {
  const container = await containerOf(file);
  const raw = container === 'parquet' ? await parquetBars(file, options) : await csvBars(file, container, options);
  const times = await settleTimes(raw, options.barTime ?? 'open', file);
  return {
    file,
    timeUnit: raw.unit,
    timeMeaning: times.meaning,
    async *blocks() {
      for await (const block of raw.blocks()) yield settledBlock(block, times, raw.unit);
    },
  };
}

/**
 * Reads a file of bars whole, as {@link openBars} does it.
 * @throws {MinotaurError} of kind `input`, as {@link openBars}
 */
export async function readBars(file: string, options: BarInputOptions = {}): Promise<BarsInput> {
  const { timeUnit, timeMeaning, blocks } = await openBars(file, options);
  const parts: BarBlock[] = [];
  for await (const block of blocks()) parts.push(block);
  const rows = parts.reduce((total, part) => total + part.rows, 0);
  const names = Object.keys(parts[0]?.columns ?? {});
  const columns = Object.fromEntries(names.map((name) => [name, joined(parts, name, rows)]));
  const place = (i: number): string => {
    let at = i;
    for (const part of parts) {
      if (at < part.rows) return part.place(at);
      at -= part.rows;
    }
    return `${file} bar ${i + 1}`;
  };
  return { file, rows, columns, timeUnit, timeMeaning, place };
}

function joined(parts: readonly BarBlock[], name: string, length: number): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const { columns, rows } of parts) {
    whole.set(columns[name], at);
    at += rows;
  }
  return whole;
}

/** A block whose times are in order, with open_time and close_time. */
function settledBlock(block: RawBlock, { complete }: SettledTimes, unit: TimeUnit): BarBlock {
  const { rows, place } = block;
  for (const [name, values] of Object.entries(block.columns)) {
    const bad = isTime(name) ? findOutOfRange(values, rows) : -1;
    if (bad >= 0) failUnit(place(bad), unit, values[bad]);
  }
  const columns = complete(block.columns);
  const entries = Object.entries(columns);
  const at = (i: number): GivenBar =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[i]])) as GivenBar;
  return { rows, columns, at, place };
}

async function csvBars(file: string, compression: Compression, options: BarInputOptions): Promise<RawBars> {
  const head = await readCsvHead(file, compression);
  const where = `${file} line ${head.firstLine}`;
  const header = isHeader(head.first);
  if (header && head.second === undefined) fail('input', file, 'bars', 'no bars: a header and nothing below it');
  const width = head.first.length;
  const wanted = wantedColumns(header ? head.first : klineNames(head.first, where).slice(0, width), where);
  const [, timeAt] = wanted.find(([name]) => isTime(name)) as WantedColumn;
  const unit = csvUnit(head, header, timeAt, options.timeUnit, file);
  const readTime = timeReader(unit);
  const readers = wanted.map(([name]) => (isTime(name) ? readTime : parseNumber));
  async function* blocks(): AsyncGenerator<RawBlock> {
    const scanner = createCsvScanner(file, head.delimiter, width);
    const { cells } = scanner;
    let lines = new Float64Array(BLOCK_ROWS);
    let values = wanted.map(() => new Float64Array(BLOCK_ROWS));
    let rows = 0;
    const onRow = (): boolean => {
      if (header && cells.line === head.firstLine) return true;
      lines[rows] = cells.line;
      for (let k = 0; k < wanted.length; k++) {
        const at = wanted[k][1];
        values[k][rows] = readers[k](cells.bytes, cells.starts[at], cells.ends[at]);
      }
      return ++rows < BLOCK_ROWS;
    };
    const take = (): RawBlock => {
      const [at, columns, count] = [lines, named(wanted, values, rows), rows];
      lines = new Float64Array(BLOCK_ROWS);
      values = wanted.map(() => new Float64Array(BLOCK_ROWS));
      rows = 0;
      return { rows: count, columns, place: (i) => `${file} line ${at[i]}` };
    };
    for await (const _ of scanFile(file, compression, scanner, onRow)) yield take();
    if (rows > 0) yield take();
  }
  return { unit, wanted, blocks };
}

function named(wanted: readonly WantedColumn[], values: readonly Float64Array[], rows: number): BarColumns {
  return Object.fromEntries(wanted.map(([name], k) => [name, values[k].subarray(0, rows)]));
}

async function parquetBars(file: string, options: BarInputOptions): Promise<RawBars> {
  const duck = await openDuck();
  try {
    const all = await readingParquet(file, () => parquetColumns(duck, file));
    const names = all.map(({ name }) => name);
    const wanted = wantedColumns(names, file);
    const [, timeAt] = wanted.find(([name]) => isTime(name)) as WantedColumn;
    const sample = await readingParquet(file, () => timeSample(duck, file, all[timeAt]));
    const unit = settleUnit(sample, options.timeUnit, `${file}, column ${names[timeAt]}`);
    const list = wanted.map(([name, at]) => (isTime(name) ? timeSql(all[at], unit) : doubleSql(all[at])));
    return { unit, wanted, blocks: () => parquetBlocks(file, list, wanted) };
  } finally {
    duck.close();
  }
}

async function* parquetBlocks(
  file: string,
  list: readonly string[],
  wanted: readonly WantedColumn[],
): AsyncGenerator<RawBlock> {
  const duck = await openDuck();
  let before = 0;
  try {
    for await (const chunk of chunksOf(duck, file, `SELECT ${list.join(', ')} FROM ${fromParquet(file)}`)) {
      const rows = chunk.rowCount;
      const values = wanted.map((_, k) => doublesOf(chunk, k).slice(0, rows));
      const first = before + 1;
      before += rows;
      yield { rows, columns: named(wanted, values, rows), place: (i) => `${file} row ${first + i}` };
    }
  } finally {
    duck.close();
  }
}

const withoutTime = (columns: BarColumns): BarColumns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => name !== 'time'));

interface SettledTimes {
  /** The columns with open_time and close_time, without time. */
  complete(columns: BarColumns): BarColumns;
  /** How, in words. */
  readonly meaning: string;
}

/** How open_time and close_time come from what the file has. */
async function settleTimes(raw: RawBars, barTime: 'open' | 'close', file: string): Promise<SettledTimes> {
  const has = (name: string): boolean => raw.wanted.some(([wanted]) => wanted === name);
  const [hasOpen, hasClose] = [has('open_time'), has('close_time')];
  const both = hasOpen && hasClose;
  const isOpen = hasOpen || (!hasClose && barTime === 'open');
  const source = hasOpen ? 'open_time' : hasClose ? 'close_time' : 'time';
  const first = await firstTimes(raw, source, both ? 1 : LENGTH_ROWS);
  if (first.length === 0) fail('input', file, 'bars', 'no bars');
  if (both) {
    return { complete: withoutTime, meaning: "open and close times are the file's" };
  }
  const interval = commonestDifference(first, file);
  const whose = hasOpen || hasClose ? "the file's" : 'assumed (barTime)';
  return {
    complete({ time, ...columns }) {
      const given = columns[source] ?? time;
      const other = given.map((t) => (isOpen ? t + interval : t - interval));
      return { ...columns, open_time: isOpen ? given : other, close_time: isOpen ? other : given };
    },
    meaning: `${isOpen ? 'open' : 'close'} times are ${whose}; a bar lasts ${interval / 1e6} s, the commonest difference`,
  };
}

/** The first times of a file, about so many. */
async function firstTimes(raw: RawBars, name: string, atMost: number): Promise<number[]> {
  const times: number[] = [];
  for await (const { columns } of raw.blocks()) {
    times.push(...columns[name]);
    if (times.length >= atMost) break;
  }
  return times;
}

/** The commonest positive difference between successive times; the shortest of equally common ones. */
function commonestDifference(time: readonly number[], file: string): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
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
