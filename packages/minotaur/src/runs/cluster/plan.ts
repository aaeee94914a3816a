/** `plan`: a long build of many symbols as a list of jobs, a symbol and months each. */
import { dirname, relative, resolve } from 'node:path';
import { flag, optionsOf, requireKind, share, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { filesByName } from '../chain/run-files.ts';
import { resolveConfig, type ConfigArgument, type LoadedConfig, configArgument } from '../../files/config-file.ts';
import { isObject, type PlacedFile } from '../../files/objects/object-store.ts';
import { openPlaces } from '../../files/objects/places.ts';
import {
  configurationDigest,
  isJobList,
  JOBS_FORMAT,
  type JobInput,
  type JobList,
  type Wave,
} from '../../store/job-list.ts';
import { beginRun, checkpoint, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { monthAfter, monthOf } from './months.ts';
import { inWaves, type SymbolMonths } from './waves.ts';

/** What `plan` takes. */
export interface PlanOptions extends RunOptions {
  /** The chain of each symbol. */
  readonly config: ConfigArgument;
  /** Files of trades and patterns of each symbol, in order of time; each has its month in its name. On a disk or `s3://`. */
  readonly trades: Readonly<Record<string, readonly string[]>>;
  /** Where the rows are to go: a directory that every machine sees, or `s3://BUCKET/PREFIX`. */
  readonly out: string;
  /** Where the list is written. */
  readonly jobs: string;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
  /** The least share of the trades that has to be used, in every month; 0.99 where absent. */
  readonly minUsed?: number | undefined;
}

const PLAN = optionsOf<PlanOptions>(
  { config: configArgument, trades: filesByName, out: textual, jobs: textual },
  { ...RUN, accept: flag, minUsed: share },
);

/** What `plan` did. */
export interface PlanReport {
  /** Where the list is. */
  readonly jobs: string;
  /** How many jobs it has. */
  readonly count: number;
  /** Groups of them that do not wait for each other, one after the other. */
  readonly waves: readonly Wave[];
  /** Of each symbol. */
  readonly symbols: readonly PlannedSymbol[];
  /** That it took. */
  readonly seconds: number;
}

/** Months of a symbol. */
export interface PlannedSymbol {
  /** Its name. */
  readonly symbol: string;
  /** As 2024-08. */
  readonly first: string;
  /** As 2024-08. */
  readonly last: string;
  /** From the first to the last. */
  readonly months: number;
  /** That build them, one after the other. */
  readonly jobs: number;
  /** Of all months. */
  readonly files: number;
  /** Of all files. */
  readonly bytes: number;
}

/**
 * Writes the job list of a long build. No file is read: months are told by names.
 * @throws {MinotaurError} where a file's name has no month, or a month is missing between others
 */
export async function planJobs(options: PlanOptions): Promise<PlanReport> {
  requireKind('planJobs', PLAN, options);
  const started = beginRun(options);
  const { trades, out, jobs: path, accept, minUsed, signal } = options;
  const loaded = await resolveConfig(options.config);
  requireTrades(loaded);
  const write = written(path);
  const places = openPlaces();
  try {
    const before = await places.read(path);
    if (before !== undefined && !isJobList(before))
      fail('input', path, 'a name that is free, or that of a job list', 'a file that is none');
    const found: SymbolMonths[] = [];
    for (const [symbol, patterns] of Object.entries(trades)) {
      requireName(symbol);
      found.push({ symbol, months: byMonth(symbol, await places.expand(patterns), write) });
      await checkpoint(signal);
    }
    const names = Object.keys(loaded.config.instruments ?? {});
    const symbols = names.length > 1 ? [together(found, names)] : found;
    if (symbols.length === 0) fail('config', 'trades', 'files of at least one symbol', 'none');
    const list: JobList = {
      format: JOBS_FORMAT,
      engineVersion: ENGINE_VERSION,
      config: { name: loaded.name, source: sourceOf(loaded, write), digest: configurationDigest(loaded.config) },
      out: write(out),
      ...(accept ? { accept } : {}),
      ...(minUsed === undefined ? {} : { minUsed }),
      ...inWaves(symbols),
    };
    await places.write(path, `${JSON.stringify(list, null, 1)}\n`);
    const { waves, jobs } = list;
    return {
      jobs: path,
      count: jobs.length,
      waves,
      symbols: symbols.map((own) => about(own, jobs)),
      seconds: secondsSince(started),
    };
  } finally {
    places.close();
  }
}

/** Files of bars and series are of no month's trades. */
function requireTrades({ config, name }: LoadedConfig): void {
  for (const [clock, settings] of Object.entries(config.clocks)) {
    const kind =
      'series' in settings ? 'a series' : 'bars' in settings && settings.bars === 'given' ? 'given bars' : '';
    if (kind !== '') fail('config', name, 'a chain of trades alone', `${kind}: clocks.${clock}`);
  }
}

/**
 * The instruments of one chain as what is built of them together. A month ends for all of them at once, which takes files of every one,
 * and what follows of each.
 */
function together(found: readonly SymbolMonths[], names: readonly string[]): SymbolMonths {
  const list = names.join(', ');
  for (const { symbol } of found)
    if (!names.includes(symbol))
      fail('config', 'trades', `an instrument of the configuration (${list})`, `'${symbol}'`);
  const all = names.map((name) => {
    const own = found.find(({ symbol }) => symbol === name);
    return own ?? fail('config', 'trades', `files of every instrument (${list})`, `none of ${name}`);
  });
  const spanOf = ({ months }: SymbolMonths): string => `${months[0]?.month} to ${months.at(-1)?.month}`;
  const [first] = all;
  for (const own of all)
    if (spanOf(own) !== spanOf(first))
      fail('input', `trades of ${own.symbol}`, `files of ${spanOf(first)}, as of ${first.symbol}`, spanOf(own));
  const inputsOf = (m: number): JobInput[] =>
    all.flatMap(({ symbol, months }) => months[m].inputs.map((input) => ({ ...input, instrument: symbol })));
  const months = first.months.map(({ month }, m) => {
    const isLast = m + 1 === first.months.length;
    return { month, inputs: inputsOf(m), ...(isLast ? {} : { ahead: inputsOf(m + 1) }) };
  });
  return { symbol: names.join('+'), months };
}

function requireName(symbol: string): void {
  if (!/^[\w.-]+$/.test(symbol)) fail('config', 'trades', 'a symbol of letters, digits, . _ -', `'${symbol}'`);
}

/** How a path is written into the list at `path`: from its folder on where it lies within, so that both can be moved or mounted together. */
function written(path: string): (file: string) => string {
  if (isObject(path)) return (file) => (isObject(file) ? file : resolve(file));
  const folder = dirname(resolve(path));
  return (file) => {
    if (isObject(file)) return file;
    const within = relative(folder, resolve(file));
    return within.startsWith('..') ? resolve(file) : within;
  };
}

function sourceOf({ source, name }: LoadedConfig, write: (file: string) => string): JobList['config']['source'] {
  if (source.kind === 'module') return { kind: 'module', path: write(source.path) };
  if (typeof source.value !== 'string' && source.value.operators?.length)
    fail('config', name, 'a module that default-exports it, as it has operators of its own', 'an object');
  return { kind: 'value', value: source.value };
}

function byMonth(
  symbol: string,
  files: readonly PlacedFile[],
  write: (file: string) => string,
): SymbolMonths['months'] {
  const months = new Map<string, JobInput[]>();
  let last: string | undefined;
  for (const file of files) {
    const month = monthOf(file.path);
    if (last !== undefined && month < last)
      fail('input', file.path, `files of ${symbol} in order of time`, `${month} after ${last}`);
    if (last !== undefined && month !== last && month !== monthAfter(last))
      fail('input', `trades of ${symbol}`, `files of every month: ${monthAfter(last)} after ${last}`, `${month} next`);
    const input = { path: write(file.path), bytes: file.bytes };
    months.set(month, [...(months.get(month) ?? []), input]);
    last = month;
  }
  return [...months].map(([month, inputs]) => ({ month, inputs }));
}

function about({ symbol, months }: SymbolMonths, jobs: JobList['jobs']): PlannedSymbol {
  const files = months.flatMap(({ inputs }) => inputs);
  return {
    symbol,
    first: months[0].month,
    last: months[months.length - 1].month,
    months: months.length,
    jobs: jobs.filter((job) => job.symbol === symbol).length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
