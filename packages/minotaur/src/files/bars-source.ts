/** Bars that somebody else made, read block by block: years of minutes are millions of them. */
import { requireKind } from 'minotaur-core/internal/base/options';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { fail } from 'minotaur-core/internal/base/errors';
import { READ_BARS, type BarInputOptions } from './reading-options.ts';
import { requireBars, requireColumns } from './bars-meaning.ts';
import { isNewestFirst, oldestFirst } from './bars-order.ts';
import { overColumns, requireOver } from './bars-over.ts';
import { offTheEnd, openingCheck, requireOpening, spacingOf, type Spacing } from './bars-spacing.ts';
import { isTime, namesOfShape, wantedColumns, type BarNaming } from './bars-layout.ts';
import { createTelling, type Telling } from './csv/telling.ts';
import type { TimeUnit } from './csv/time-unit.ts';
import { requireNamed } from './trades/file-symbol.ts';
import { openTable, type Table, type TableBlock, type TableColumns, type TableShape } from './table-source.ts';

/** What bars of several files say of themselves, which has to be the same. */
export interface BarTelling extends Telling {
  /** Refuses bars of a file, of which one time says when they opened, that last `interval` where those of files before it last another. */
  requireInterval(interval: number, file: string): void;
}

/** What bars of several files say of what is traded, and how long they last; {@link openBars} makes one for a file alone. */
export function barTelling({ instrument }: BarInputOptions, files: readonly string[] = []): BarTelling {
  const { symbol, formerly = [] } = instrument ?? {};
  requireNamed(files, instrument);
  let first: { readonly interval: number; readonly file: string } | undefined;
  const told = createTelling(symbol === undefined ? [] : [symbol, ...formerly]);
  return {
    requireSame(column, text, where) {
      if (column.says === 'over') requireOver(column, text, where);
      else told.requireSame(column, text, where);
    },
    requireInterval(interval, file) {
      first ??= { interval, file };
      if (interval === first.interval) return;
      const expected = `bars of ${first.interval / 1e6} s, as in ${first.file}: those of another length are of another clock`;
      fail('input', file, expected, `bars of ${interval / 1e6} s, the commonest difference of their times`);
    },
  };
}

/** What a file of bars is, as far as its first rows tell. */
interface BarsFormat {
  /** Its path. */
  readonly file: string;
  /** Of its times, as configured or told by their size. */
  readonly timeUnit: TimeUnit;
  /** How open_time and close_time came about, to be stated to the file's owner. */
  readonly timeMeaning: string;
  /** Whether its one time is assumed to be that of opening, as nobody has said what it is. */
  readonly isTimeAssumed: boolean;
  /** What of the file is read otherwise than it stands, in words: a first line that is left out, rows that are turned around. */
  readonly notes: readonly string[];
}

/** Columns of bars: open, high, low, close, volume, open_time, close_time (microseconds), and what else of a bar's the file has. */
type BarColumns = TableColumns;

/** Some bars of a file, in order. */
export interface BarBlock {
  /** How many. */
  readonly rows: number;
  /** By our names, `rows` values each. */
  readonly columns: BarColumns;
  /** Bar `i` of the block, as an engine takes it. */
  at(i: number): GivenBar;
  /** When bar `i` became known. */
  availableAt(i: number): number;
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

/** Bars from the start by which the length of a bar is told, where the file has one time only. */
const LENGTH_ROWS = 65_536;

const shapeOf = (naming: BarNaming): TableShape => ({
  what: 'bars',
  wanted: (names, where) => wantedColumns(names, where, naming),
  headerless: (cells, where) => namesOfShape(cells, where, naming.barColumns),
  isTime,
  isFormatted: true,
  mayHaveAddress: true,
  telling: overColumns,
});

/**
 * Opens a file of bars: Parquet, or text that is plain, gzip or zstd, with a header or as Binance publishes klines.
 * @throws {MinotaurError} of kind `input` for a missing column, a malformed file, a wrong unit or no bars; from `blocks` too
 */
export async function openBars(file: string, options: BarInputOptions = {}, given?: BarTelling): Promise<BarSource> {
  requireKind('openBars', READ_BARS, options);
  const telling = given ?? barTelling(options);
  const { timeUnit, zone, decimal, where } = options;
  const table = await openTable(file, shapeOf(options), { timeUnit, zone, decimal, where, telling });
  const { raw, isTurned, ...rows } = await inOrder(table, file);
  const times = settleTimes(rows, options.barTime, file, telling);
  const { address } = table;
  return {
    file,
    timeUnit: raw.unit,
    timeMeaning: times.meaning,
    isTimeAssumed: times.isAssumed,
    notes: [
      ...(address === undefined ? [] : [`the first line, the address ${address}, is left out`]),
      ...(isTurned ? ['the bars stand newest first, and are read the other way round'] : []),
    ],
    async *blocks() {
      const check = times.check();
      let isFirst = true;
      for await (const block of raw.blocks()) {
        if (isFirst) requireBars(block, options.accept ? undefined : times.spacing, file);
        if (isFirst && !options.accept) requireColumns(block, file);
        isFirst = false;
        check(block);
        yield settledBlock(block, times);
      }
    },
  };
}

/**
 * Reads a file of bars whole, as {@link openBars} does it.
 * @throws {MinotaurError} of kind `input`, as {@link openBars}
 */
export async function readBars(file: string, options: BarInputOptions = {}, telling?: BarTelling): Promise<BarsInput> {
  requireKind('readBars', READ_BARS, options);
  const { timeUnit, timeMeaning, isTimeAssumed, notes, blocks } = await openBars(file, options, telling);
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
  return { file, rows, columns, timeUnit, timeMeaning, isTimeAssumed, notes, place };
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

/** A block with open_time and close_time. */
function settledBlock(block: TableBlock, { complete }: SettledTimes): BarBlock {
  const { rows, place } = block;
  const columns = complete(block.columns);
  const entries = Object.entries(columns);
  const at = (i: number): GivenBar =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[i]])) as GivenBar;
  const { close_time: closed, available_at: given } = columns;
  // What a file has no value for is as if it had not been given.
  const availableAt = (i: number): number => (given === undefined || given[i] !== given[i] ? closed[i] : given[i]);
  return { rows, columns, at, availableAt, place };
}

const withoutTime = (columns: BarColumns): BarColumns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => name !== 'time'));

interface SettledTimes {
  /** The columns with open_time and close_time, without time. */
  complete(columns: BarColumns): BarColumns;
  /** A check of blocks, one after the other from the first, whether what is made of their times can be. */
  check(): (block: TableBlock) => void;
  /** How, in words. */
  readonly meaning: string;
  readonly isAssumed: boolean;
  /** How far they lie apart; undefined where their length is not told by that. */
  readonly spacing?: Spacing | undefined;
}

/** What the times of a file are told by. */
interface FirstTimes {
  readonly hasOpen: boolean;
  readonly hasClose: boolean;
  /** The column that bars are in order of. */
  readonly source: string;
  /** The first times in it, the oldest first. */
  readonly first: readonly number[];
}

/** The bars of a file from the oldest on, whichever way they stand there. */
async function inOrder(
  table: Table,
  file: string,
): Promise<FirstTimes & { readonly raw: Table; readonly isTurned: boolean }> {
  const has = (name: string): boolean => table.wanted.some(([wanted]) => wanted === name);
  const [hasOpen, hasClose] = [has('open_time'), has('close_time')];
  const source = hasOpen ? 'open_time' : hasClose ? 'close_time' : 'time';
  const atMost = hasOpen && hasClose ? 2 : LENGTH_ROWS;
  const first = await firstTimes(table, source, atMost);
  if (first.length === 0) fail('input', file, 'bars', 'no bars');
  const known = { hasOpen, hasClose, source };
  if (!isNewestFirst(first)) return { ...known, first, raw: table, isTurned: false };
  const raw = await oldestFirst(table, source, file);
  return { ...known, first: await firstTimes(raw, source, atMost), raw, isTurned: true };
}

/** How open_time and close_time come from what the file has. */
function settleTimes(
  { hasOpen, hasClose, source, first }: FirstTimes,
  barTime: BarInputOptions['barTime'],
  file: string,
  telling: BarTelling,
): SettledTimes {
  const isOpen = hasOpen || (!hasClose && barTime !== 'close');
  if (hasOpen && hasClose) {
    const meaning = "open and close times are the file's";
    return { complete: withoutTime, check: () => () => undefined, meaning, isAssumed: false };
  }
  const spacing = spacingOf(first, file);
  const [{ interval }, off] = [spacing, offTheEnd(first, spacing)];
  const isAssumed = !hasOpen && !hasClose && barTime === undefined;
  if (isAssumed) requireOpening(first, spacing, file);
  if (isOpen) telling.requireInterval(interval, file);
  const check = (): ((block: TableBlock) => void) => {
    // A bar whose time is its closing is known then, however long it was.
    if (!isOpen) return () => undefined;
    const follow = openingCheck(spacing, file);
    return ({ columns, rows, place }) => follow(columns[source], rows, place);
  };
  check();
  const whose = hasOpen || hasClose ? "the file's" : 'assumed (barTime)';
  return {
    complete({ time, ...columns }) {
      const given = columns[source] ?? time;
      const other = given.map((t) => (isOpen ? t + interval : t - interval + off));
      return { ...columns, open_time: isOpen ? given : other, close_time: isOpen ? other : given };
    },
    check,
    spacing: isOpen ? spacing : undefined,
    isAssumed,
    meaning: `${isOpen ? 'open' : 'close'} times are ${whose}; a bar lasts ${interval / 1e6} s, the commonest difference`,
  };
}

/** The first times of a file, about so many. */
async function firstTimes(raw: Table, name: string, atMost: number): Promise<number[]> {
  const times: number[] = [];
  for await (const { columns } of raw.blocks()) {
    times.push(...columns[name]);
    if (times.length >= atMost) break;
  }
  return times;
}
