/** `build` and `replay`: from files of trades or bars to rows, in blocks or one event at a time. */
import {
  callback,
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
import type { PredictorOptions } from 'minotaur-core/internal/live/predictor';
import { fileLists } from './run-files.ts';
import { RUN } from '../course/options.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { keepingBeginnings } from '../../files/parquet/beginnings.ts';
import { prepareReading } from '../../files/trades/trade-source.ts';
import { holdingJournal } from '../../journal/lock.ts';
import { preparingThreads } from '../../node/threads.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { RunOptions } from '../course/options.ts';
import { runChain } from './chain.ts';
import { dataFiles } from './data-files.ts';
import type { WarmupListener } from './forecast.ts';
import type { Files } from './run-files.ts';

/** What `build` takes. */
export interface BuildOptions extends RunOptions, WarmupListener {
  /** The chain: a preset's name, a file, or the configuration itself. */
  readonly config: ConfigArgument;
  /** Files of trades and globs, in order of time; by the name of the instrument where there are several. These, or `bars`, or both; without either, those of the configuration. */
  readonly trades?: Files | undefined;
  /** Files of bars, for a clock with `bars: given`; by its name where there are several. */
  readonly bars?: Files | undefined;
  /** Files of series, each in the order in which its rows became known; by its name where there are several. */
  readonly series?: Files | undefined;
  /** Directory for rows, bars, state and manifest. What this configuration left there before is replaced when all of it is done. */
  readonly out: string;
  /** Replaces rows of another chain that another configuration has left there; they are refused where absent. */
  readonly force?: boolean | undefined;
  /** The state.bin of an earlier run to go on from. */
  readonly from?: string | undefined;
  /** Goes on in spite of evidence that files are of another instrument: their names, ids that step back with a jump of the price. */
  readonly accept?: boolean | undefined;
  /** The least share of the trades that has to be used, 0.99 where absent; duplicates and rows of other symbols are no loss. */
  readonly minUsed?: number | undefined;
  /** Stop after so many input rows, leaving the state to go on from. */
  readonly limit?: number | undefined;
  /** What fit and train wrote: predictions are made while the chain runs. With `model`. */
  readonly artefact?: string | undefined;
  /** The model to predict with, .onnx. With `artefact`. */
  readonly model?: string | undefined;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
}

/** What `replay` takes. */
export interface ReplayOptions extends BuildOptions {
  /** Directory in which the run is recorded, as a live session is. */
  readonly journal?: string | undefined;
}

const NEEDED: Needed<BuildOptions> = { config: configArgument, out: textual };
const OPTIONAL: Optional<BuildOptions> = {
  ...RUN,
  onWarmup: callback,
  trades: fileLists,
  bars: fileLists,
  series: fileLists,
  from: textual,
  accept: flag,
  minUsed: share,
  force: flag,
  limit: amount,
  artefact: textual,
  model: textual,
  require: choice(['ready', 'complete']),
};
const BUILD = optionsOf<BuildOptions>(NEEDED, OPTIONAL);
const REPLAY = optionsOf<ReplayOptions>(NEEDED, { ...OPTIONAL, journal: textual });

/**
 * Historical build: rows, bars, state and manifest of files of trades or bars.
 * @returns the manifest, as it lies in `out`
 * @throws {MinotaurError} for a configuration or input that cannot be used, and where no row comes of it; what was in `out` stays
 */
export async function build(options: BuildOptions): Promise<Manifest> {
  requireKind('build', BUILD, options);
  return run(options, false);
}

/**
 * The same through the live engine, one event at a time: its digest is that of {@link build}.
 * @returns the manifest, as it lies in `out`
 * @throws {MinotaurError} as {@link build}
 */
export async function replay(options: ReplayOptions): Promise<Manifest> {
  requireKind('replay', REPLAY, options);
  return holdingJournal(options.journal, () => run(options, true));
}

async function run({ config: argument, ...options }: ReplayOptions, live: boolean): Promise<Manifest> {
  const loaded = await resolveConfig(argument);
  const read = dataFiles(options, loaded);
  if (read.trades === undefined && read.bars === undefined)
    fail('config', live ? 'replay' : 'build', 'trades or bars', 'neither');
  return preparingThreads(() => {
    prepareReading(Object.values(read.trades ?? []).flat());
    return keepingBeginnings(() => runChain({ ...options, ...read, config: loaded.config, named: loaded, live }));
  });
}
