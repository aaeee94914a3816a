/**
 * Rows of one instrument or of many, of one chain, in one list: instrument follows instrument in the order of their symbols,
 * whatever order they were named in, so that what is learned does not depend on it.
 */
import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { either, type Kind, listOf, textual } from 'minotaur-core/internal/base/options';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import type { InstrumentPart, Part } from 'minotaur-core/internal/splits/parts';
import { settledKeysOf, withInstrument, withRoles, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { sequenceEnds, type SequenceBreaks } from 'minotaur-core/internal/transform/sequence';
import { requireParquetName } from '../files/paths.ts';
import { readBlocks, type ColumnBlock } from '../files/parquet/row-blocks.ts';
import {
  openRows,
  openRowsOf,
  readFeatures,
  readRowTimes,
  rowsIn,
  usableRows,
  type PlannedRows,
  type RowsDirectory,
  type RowTimes,
} from './rows.ts';

/** A directory that build wrote, or one for each instrument. */
export type RowsArgument = string | readonly string[];

export const rowsArgument: Kind<RowsArgument> = either(textual, listOf(textual));

/** The rows of one instrument, and where they stand among all. */
export type PoolPart<R extends RowsDirectory = RowsDirectory> = R &
  RowTimes &
  InstrumentPart & { readonly instruments: readonly Instrument[] };

/** Rows of every instrument, and when they were. */
export interface Pool<R extends RowsDirectory = RowsDirectory> extends RowTimes {
  /** In the order of their symbols. */
  readonly parts: readonly PoolPart<R>[];
  /** Of all parts. */
  readonly instruments: readonly Instrument[];
}

/** Columns read at once take about so much memory. Every group costs a reading of the file's layout. */
const GROUP_BYTES = 1 << 28;
const [LEAST_COLUMNS, MOST_COLUMNS] = [8, 128];

/** What was traded; of several, what drives. */
const instrumentOf = ({ manifest: { instruments, drive } }: RowsDirectory): Instrument =>
  instruments.find(({ name }) => name === drive) ?? instruments[0];

/** Directories in the order of their symbols, each with its own. */
function inOrder(argument: RowsArgument): readonly (readonly [directory: string, symbol: string])[] {
  const directories = typeof argument === 'string' ? [argument] : argument;
  if (directories.length === 0) fail('config', 'rows', 'a directory that build wrote', 'none');
  if (directories.length === 1) return [[directories[0], '']];
  const found = directories.map((directory): readonly [string, string] => {
    const { symbol } = settledKeysOf(instrumentOf(rowsIn(directory)));
    return [
      directory,
      symbol ?? fail('state', directory, 'rows of an instrument that is named, beside others', 'none'),
    ];
  });
  const ordered = found.toSorted(([, a], [, b]) => (a < b ? -1 : Number(a > b)));
  ordered.forEach(([directory, symbol], i) => {
    if (i > 0 && ordered[i - 1][1] === symbol)
      fail('state', directory, `rows of another instrument than ${ordered[i - 1][0]}`, symbol);
  });
  return ordered;
}

/**
 * Opens rows, which must be those that `config` describes, whatever instrument it names where there are several.
 * @throws {MinotaurError} where there are none, of another schema, or twice of one instrument
 */
export function openPool(argument: RowsArgument, config: Config): Promise<Pool<PlannedRows>> {
  const directories = inOrder(argument);
  const isJoined = Object.keys(config.instruments ?? {}).length > 1;
  const configOf = (symbol: string): Config => {
    if (directories.length === 1) return config;
    return isJoined ? withRoles(config) : withInstrument(config, symbol);
  };
  return poolOf(directories.map(([directory, symbol]) => openRows(directory, configOf(symbol))));
}

/** Opens rows, which must be of the chain and the instruments that `artefact` was fitted for. */
export function openPoolOf(artefact: Artefact, argument: RowsArgument): Promise<Pool> {
  return poolOf(inOrder(argument).map(([directory]) => openRowsOf(artefact, directory)));
}

async function poolOf<R extends RowsDirectory>(opened: readonly R[]): Promise<Pool<R>> {
  const found: RowTimes[] = [];
  for (const rows of opened) found.push(await readRowTimes(rows));
  const flags = (of: (times: RowTimes) => Float64Array | undefined): Float64Array | undefined =>
    found.every((times) => of(times) === undefined)
      ? undefined
      : joined(found.map((times) => of(times) ?? new Float64Array(times.time.length).fill(1)));
  const time = joined(found.map((times) => times.time));
  const [ready, complete] = [flags((times) => times.ready), flags((times) => times.complete)];
  let to = 0;
  const parts = opened.map((rows, k): PoolPart<R> => {
    const from = to;
    to += found[k].time.length;
    const { symbol, venue } = instrumentOf(rows);
    const { instruments } = rows.manifest;
    const own = (values: Float64Array | undefined) => values?.subarray(from, to);
    return {
      ...rows,
      instruments,
      symbol,
      venue,
      from,
      to,
      time: time.subarray(from, to),
      ready: own(ready),
      complete: own(complete),
    };
  });
  return { parts, instruments: parts.flatMap(({ instruments }) => instruments), time, ready, complete };
}

/** One list after the other; the only one itself. */
export function joined(lists: readonly Float64Array[]): Float64Array {
  if (lists.length === 1) return lists[0];
  const all = new Float64Array(lists.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/**
 * Calls `use` with each of the columns named in turn, a few in memory at a time; waits where it gives something to wait for. What is
 * not finite is NaN. Values are valid until `use` is done.
 */
export async function eachColumn(
  { parts, time }: Pool,
  names: readonly string[],
  use: (name: string, values: Float64Array, index: number) => void | Promise<void>,
): Promise<void> {
  const rows = time.length;
  const most = Math.floor(GROUP_BYTES / (8 * Math.max(1, rows)));
  const width = Math.min(names.length, MOST_COLUMNS, Math.max(LEAST_COLUMNS, most));
  // The same for every group: fresh memory costs as much as what is read into it.
  const columns = Array.from({ length: width }, () => new Float64Array(rows));
  for (let from = 0; from < names.length; from += width) {
    const group = names.slice(from, from + width);
    for (const { file, from: first } of parts) {
      let at = first;
      for await (const block of readBlocks(file, group)) {
        block.columns.forEach((values, k) => copyFinite(values, columns[k], at));
        at += block.count;
      }
    }
    for (const [k, name] of group.entries()) await use(name, columns[k], from + k);
  }
}

function copyFinite(values: Float64Array, into: Float64Array, at: number): void {
  for (let i = 0; i < values.length; i++) into[at + i] = values[i] - values[i] === 0 ? values[i] : NaN;
}

/** The columns named, a few thousand rows of an instrument at a time. */
export async function* readPoolFeatures({ parts }: Pool, names: readonly string[]): AsyncGenerator<ColumnBlock> {
  for (const part of parts) yield* readFeatures(part, names);
}

/** 1 for each row that a whole sequence of usable rows of its own instrument ends with. */
export function wholeSequences(
  sequence: { readonly length: number } & SequenceBreaks,
  { parts }: { readonly parts: readonly (Part & RowTimes)[] },
): Uint8Array {
  const whole = new Uint8Array(parts.at(-1)?.to ?? 0);
  for (const part of parts) whole.set(sequenceEnds(sequence, part.time, usableRows(part)), part.from);
  return whole;
}

/** A figure of each part, by its symbol. */
export function bySymbol<P extends { readonly symbol: string }, T>(
  parts: readonly P[],
  of: (part: P, index: number) => T,
): Record<string, T> {
  return Object.fromEntries(parts.map((part, k) => [part.symbol, of(part, k)]));
}

/** What is made of one instrument alone stands in a file of its own where there are several: its name in a directory. */
export const instrumentFile = (directory: string, symbol: string): string => join(directory, `${symbol}.parquet`);

/** The file of an instrument, where `path` is the directory of such files, or its only file. */
export function fileOfInstrument(path: string, symbol: string, several: boolean): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return instrumentFile(path, symbol);
  if (several)
    fail('input', path, `a directory with a file for each instrument, such as ${symbol}.parquet`, 'no directory');
  return path;
}

/** Refuses an output whose name says something else than what is written: of several instruments a directory, else a file. */
export function requireOutputName(path: string, rows: RowsArgument): void {
  if ([rows].flat().length <= 1) requireParquetName(path);
  else if (extname(path).toLowerCase() === '.parquet')
    fail('config', path, 'the name of a directory: a file is written for each instrument', 'that of a file');
}
