/** `build` and `replay` of several symbols: each in a thread of its own, as many at a time as there are cores. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  choice,
  amount,
  flag,
  optionsOf,
  requireKind,
  share,
  textual,
  type Needed,
  type Optional,
} from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { withInstrument } from 'minotaur-core/internal/trades/instrument';
import { filesByName } from './run-files.ts';
import { RUN } from '../course/options.ts';
import { makeDirectory } from '../../node/writing.ts';
import {
  loadSource,
  resolveConfig,
  type ConfigArgument,
  type ConfigSource,
  type LoadedConfig,
  configArgument,
} from '../../files/config-file.ts';
import { holdingJournal } from '../../journal/lock.ts';
import { keepingThreads } from '../../node/threads.ts';
import { runInWorkers, type Caller } from '../../node/worker.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { Named } from '../../store/owner.ts';
import type { RunOptions } from '../course/options.ts';
import type { ReplayOptions } from './build.ts';
import { runChain, type ChainJob } from './chain.ts';

/** What a build of several symbols takes. */
export interface SymbolsOptions
  extends RunOptions, Pick<ReplayOptions, 'limit' | 'artefact' | 'model' | 'require' | 'accept' | 'minUsed' | 'force'> {
  /** The chain of each; its `symbol` is that of the trades. */
  readonly config: ConfigArgument;
  /** Files of trades and globs of each symbol, in order of time. */
  readonly trades: Readonly<Record<string, readonly string[]>>;
  /** Directory that gets a directory for each symbol. */
  readonly out: string;
}

/** What a replay of several symbols takes. */
export interface ReplaySymbolsOptions extends SymbolsOptions {
  /** Directory that gets a journal for each symbol. */
  readonly journal?: string | undefined;
}

const NEEDED: Needed<SymbolsOptions> = { config: configArgument, trades: filesByName, out: textual };
const OPTIONAL: Optional<SymbolsOptions> = {
  ...RUN,
  limit: amount,
  artefact: textual,
  model: textual,
  require: choice(['ready', 'complete']),
  accept: flag,
  minUsed: share,
  force: flag,
};
const BUILD = optionsOf<SymbolsOptions>(NEEDED, OPTIONAL);
const REPLAY = optionsOf<ReplaySymbolsOptions>(NEEDED, { ...OPTIONAL, journal: textual });

/**
 * {@link build} for each symbol, in a thread of its own, into `out/SYMBOL`.
 * @returns the manifests, in the order of the symbols
 * @throws {MinotaurError} that of the first symbol that failed, once the others are done
 */
export async function buildSymbols(options: SymbolsOptions): Promise<Manifest[]> {
  requireKind('buildSymbols', BUILD, options);
  return runSymbols(options, false);
}

/**
 * {@link replay} for each symbol, in a thread of its own, into `out/SYMBOL`.
 * @returns the manifests, in the order of the symbols
 * @throws {MinotaurError} that of the first symbol that failed, once the others are done
 */
export async function replaySymbols(options: ReplaySymbolsOptions): Promise<Manifest[]> {
  requireKind('replaySymbols', REPLAY, options);
  return runSymbols(options, true);
}

async function runSymbols(options: ReplaySymbolsOptions, live: boolean): Promise<Manifest[]> {
  const { trades, out, journal, limit, artefact, model, require, accept, minUsed, force, signal } = options;
  const loaded = await resolveConfig(options.config);
  requirePortable(loaded);
  const { source, name, folder } = loaded;
  const named = { name, ...(folder !== undefined && { folder }) };
  const tasks = Object.entries(trades).map(([symbol, files]): SymbolTask => {
    const own = { out: join(out, symbol), ...(journal !== undefined && { journal: join(journal, symbol) }) };
    const taken = { trades: files, limit, artefact, model, require, accept, minUsed, force };
    return { source, named, symbol, live, ...taken, ...own };
  });
  const onNote = trackTrades(options, live ? 'replay' : 'build');
  const unmake = makeDirectory(out);
  try {
    const watch = { atMost: availableParallelism(), signal, onNote };
    return await keepingThreads(() => runInWorkers(import.meta.url, { buildSymbol }, tasks, watch));
  } catch (error) {
    unmake();
    throw error;
  }
}

/** What a thread is asked to do; it loads the configuration itself, because operators are functions. */
interface SymbolTask extends Omit<ChainJob, 'config' | 'bars' | 'from' | 'onProgress' | 'signal'> {
  readonly source: ConfigSource;
  readonly named: Named;
  readonly symbol: string;
}

/** What a thread does, found by name; it tells of trades as they are done. @public */
export async function buildSymbol(
  { source, symbol, ...job }: SymbolTask,
  { signal, tell }: Caller<number>,
): Promise<Manifest> {
  let told = 0;
  const onProgress = ({ done }: { readonly done: number }): void => {
    tell(done - told);
    told = done;
  };
  const { config } = await loadSource(source, job.named.name);
  const own = { ...job, config: withInstrument(config, symbol), onProgress, signal };
  return holdingJournal(own.journal, () => runChain(own));
}

/** Progress of all threads together. */
function trackTrades({ onProgress }: RunOptions, step: string): (trades: number) => void {
  let done = 0;
  return (trades) => onProgress?.({ step, done: (done += trades), unit: 'trades' });
}

/** Functions do not travel between threads: own operators have to be in a module, which each thread loads itself. */
function requirePortable({ source, name }: LoadedConfig): void {
  if (source.kind === 'module' || typeof source.value === 'string' || !source.value.operators?.length) return;
  fail('config', name, 'a module that default-exports it, as it has operators of its own', 'an object');
}
