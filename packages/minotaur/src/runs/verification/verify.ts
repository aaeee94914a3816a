/** `verify`: the laws, on the user's own data and features. */
import { setTimeout } from 'node:timers/promises';
import { availableParallelism } from 'node:os';
import {
  callback,
  amount,
  flag,
  listOf,
  optionsOf,
  requireKind,
  share,
  textual,
  whole,
} from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { rowsArgument } from '../../store/pool.ts';
import { fileLists } from '../chain/run-files.ts';
import { configArgument } from '../../files/config-file.ts';
import type { ConfigArgument, ConfigSource } from '../../files/config-file.ts';
import { usesCalendars } from '../../verify/checks/calendars.ts';
import { countEvents, type Check, type CheckContext, type CheckResult } from '../../verify/harness/check.ts';
import { findNodes } from '../../verify/checks/runtimes.ts';
import { runSideBySide, type Lane } from '../../verify/side-by-side.ts';
import { mayRunApart, runCheck, selectChecks, verdictOf, type Verdict } from '../../verify/verify.ts';
import { dataFiles } from '../chain/data-files.ts';
import type { Files } from '../chain/run-files.ts';
import { settleLoaded, type Settled } from '../chain/settle.ts';
import type { SettledInstrument } from '../chain/settled.ts';
import type { RowsArgument } from '../../store/pool.ts';
import { beginRun, createCourse, type Course, type RunOptions, RUN } from '../course/options.ts';
import { measureDrift, oneDirectory, type DriftOptions, type DriftReport } from './drift.ts';
import { keepingThreads } from '../../node/threads.ts';
import { runApart, type ApartTask } from './apart.ts';
import { readStretches } from './events.ts';
import { takeEvents, type TakenEvents } from './taken.ts';
import { asksIsolation, learnedRows, servingOf } from './learned.ts';
import { requireOwnFolder, writeReproducers, type ReproFile } from './repro.ts';
import { resolveWatched, type WatchedConfig } from './watched-config.ts';

/** What `verify` takes. Which checks run follows from what is given. */
export interface VerifyOptions extends RunOptions {
  /** The chain: a preset's name, a file, or the configuration itself. */
  readonly config: ConfigArgument;
  /** Files of trades and globs, by instrument where there are several. These, or `bars`, or both, for the laws of the chain; without any, those of the configuration. */
  readonly trades?: Files | undefined;
  /** Files of bars, for a clock with `bars: given`; by its name where there are several. */
  readonly bars?: Files | undefined;
  /** Files of series, by name. */
  readonly series?: Files | undefined;
  /** What the trades are of, where neither the configuration nor the files are to say it. */
  readonly instrument?: string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
  /** The least share of the trades that has to be used, 0.99 where absent; as of `build`. */
  readonly minUsed?: number | undefined;
  /** Only these checks; all that there are means for where absent. */
  readonly checks?: readonly string[] | undefined;
  /** Only the first so many input rows. */
  readonly limit?: number | undefined;
  /** Of cuts and points; 1 where absent. */
  readonly seed?: number | undefined;
  /** Directory for what fails, as a few trades and the command that fails on them. */
  readonly repro?: string | undefined;
  /** What fit and train wrote: with `model` its predictions, with `labels` its isolation, with `against` its limits. */
  readonly artefact?: string | undefined;
  /** The model of the artefact: predictions of history and live are compared. */
  readonly model?: string | undefined;
  /** Directory that build wrote, for `labels` or `against`; for `labels` of several instruments one each. */
  readonly rows?: RowsArgument | undefined;
  /** What label wrote, with `rows`: does the artefact come from training rows alone. */
  readonly labels?: string | undefined;
  /** What split wrote, with `labels`. */
  readonly splits?: string | undefined;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** What predict wrote, with `labels`: is the threshold that of the validation rows. */
  readonly predictions?: string | undefined;
  /** With `rows`, the rows of another span: how far have the features drifted from them. No check fails by it. */
  readonly against?: string | undefined;
  /** Told of each instrument once it is settled. */
  readonly onInstrument?: ((instrument: SettledInstrument) => void) | undefined;
  /** Told of what was read, before the first check. */
  readonly onTaken?: ((taken: TakenEvents) => void) | undefined;
  /** Told of each check when it is done. */
  readonly onResult?: ((outcome: CheckResult) => void) | undefined;
}

const VERIFY = optionsOf<VerifyOptions>(
  { config: configArgument },
  {
    ...RUN,
    trades: fileLists,
    bars: fileLists,
    series: fileLists,
    instrument: textual,
    accept: flag,
    minUsed: share,
    checks: listOf(textual),
    limit: amount,
    seed: whole,
    repro: textual,
    artefact: textual,
    model: textual,
    rows: rowsArgument,
    labels: textual,
    splits: textual,
    fold: whole,
    predictions: textual,
    against: textual,
    onInstrument: callback,
    onTaken: callback,
    onResult: callback,
  },
);

/** What `verify` found. */
export interface VerifyReport {
  /** Whether every check holds. */
  readonly holds: boolean;
  /** Whether every check had something to compare; one that had not neither holds nor fails. */
  readonly answered: boolean;
  /** In the order in which they ran. */
  readonly checks: readonly ReportedCheck[];
  /** What of the files was read and what was lost; absent where no check asks for events. */
  readonly taken?: TakenEvents;
  /** Where it was asked for. */
  readonly drift?: DriftReport;
}

/** A check, and its failure as a small file. */
export interface ReportedCheck extends CheckResult {
  /** Null where the check does not fail, or none was asked for. */
  readonly repro: Omit<ReproFile, 'check'> | null;
}

/** The failures that lie as files. */
export function reproducersOf({ checks }: Pick<VerifyReport, 'checks'>): ReproFile[] {
  return checks.flatMap(({ name, repro }) => (repro === null ? [] : [{ check: name, ...repro }]));
}

/**
 * Checks the laws on the user's own data and features, and what was learned from them.
 * @throws {MinotaurError} where the question cannot be answered; a check that fails is an answer
 */
export async function verify(asked: VerifyOptions): Promise<VerifyReport> {
  requireKind('verify', VERIFY, asked);
  beginRun(asked);
  const compared = driftOptions(asked);
  const watched = await resolveWatched(asked.config);
  // Asked about rows alone, it is not about the files that the configuration names.
  const options = asked.rows === undefined ? { ...asked, ...dataFiles(asked, watched) } : asked;
  if (options.repro !== undefined) requireOwnFolder(options.repro, [options.trades, options.bars, options.series]);
  const loaded = await settleLoaded(watched, options);
  for (const instrument of loaded.instruments) options.onInstrument?.(instrument);
  const { verdict, taken } = await verifyLoaded(options, loaded);
  const { repro: folder, signal } = options;
  const context = contextOf(options, loaded);
  const job = { context, config: loaded.name, signal, isLossy: taken !== undefined && taken.used < 1 };
  const reproducers = folder === undefined ? [] : await writeReproducers(verdict, { ...job, folder });
  const drift = compared && (await measureDrift(compared));
  const reproOf = new Map(reproducers.map(({ check, ...file }) => [check, file]));
  const checks = verdict.checks.map((check) => ({ ...check, repro: reproOf.get(check.name) ?? null }));
  const { holds, answered } = verdict;
  return { holds, answered, checks, ...(taken && { taken }), ...(drift && { drift }) };
}

/** What `rows` and `against` ask for; undefined where neither is given. */
function driftOptions(options: VerifyOptions): DriftOptions | undefined {
  const { rows, against, artefact, model, onProgress, signal } = options;
  if (rows !== undefined && against !== undefined)
    return { rows: oneDirectory(rows), against, artefact, onProgress, signal };
  if (against !== undefined) fail('config', 'verify', 'rows beside against', 'none');
  if (asksIsolation(options)) return undefined;
  if (rows !== undefined) fail('config', 'verify', 'against beside rows, or labels and splits', 'neither');
  if (artefact !== undefined && model === undefined)
    fail('config', 'verify', 'model beside artefact, or rows with labels and splits or against', 'none');
  return undefined;
}

/** What the checks are given of files and configuration. */
function contextOf(options: VerifyOptions, loaded: Settled<WatchedConfig>): CheckContext {
  const { config, source, loading, inputs } = loaded;
  const { trades, bars, seed = 1, signal } = options;
  if (trades === undefined && bars === undefined && !asksIsolation(options))
    fail('config', 'verify', 'trades or bars, or rows with against or labels', 'none of them');
  const plan = createPlan(config);
  return {
    plan,
    configSource: source,
    open: () => readStretches(options, plan, inputs, signal),
    seed,
    ...(loading && { loading }),
  };
}

/** Runs the checks over files, once it is known what of these is taken. */
async function verifyLoaded(
  options: VerifyOptions,
  loaded: Settled<WatchedConfig>,
): Promise<{ verdict: Verdict; taken: TakenEvents | undefined }> {
  const { trades, bars, onProgress, signal } = options;
  const { config } = loaded;
  const learned = await learnedRows(options, config, signal);
  const serving = servingOf(options, config);
  const hasEvents = trades !== undefined || bars !== undefined;
  const basis = contextOf(options, loaded);
  const means = {
    events: hasEvents,
    madeBars: basis.plan.clocks.some(({ source }) => source.type !== 'given'),
    calendars: usesCalendars(basis.plan),
    several: basis.plan.instruments.length > 1,
    ownOperators: config.operators.length > 0,
    learned: learned !== undefined,
    serving: serving !== undefined,
    runtimes: hasEvents && options.checks === undefined ? (await findNodes()).length : 1,
  };
  const selected = selectChecks(options.checks, means);
  const given = { ...basis, ...(learned && { learned }), ...(serving && { serving }) };
  const read = hasEvents ? await takeFiles(options, loaded, basis.plan) : undefined;
  if (read !== undefined) options.onTaken?.(read.taken);
  // What only a progress bar needs to know is not worth a pass over the input where nobody looks.
  const events = read?.events ?? (onProgress === undefined ? undefined : await countEvents(given));
  const progress = followProgress(options, selected, events);
  const context: CheckContext = { ...given, ...(events !== undefined && { events }) };
  const here: Lane = {
    takes: () => true,
    run: (check, at) => runCheck(check, { ...context, onProgress: (done) => progress.tell(at, done) }),
  };
  const lanes = [here, ...apartLanes(options, loaded, { events, onProgress: progress.tell })];
  const results = await runSideBySide(selected, lanes, (outcome) => {
    options.onResult?.(outcome);
    progress.next();
  });
  return { verdict: verdictOf(results), taken: read?.taken };
}

const takeFiles = (
  { trades, bars, series, limit, minUsed, onProgress, signal }: VerifyOptions,
  { inputs }: Settled<WatchedConfig>,
  plan: Plan,
): ReturnType<typeof takeEvents> =>
  takeEvents({ files: { trades, bars, series, limit }, plan, inputs, minUsed, onProgress, signal });

/** After so many milliseconds a second thread is worth what it takes to start. */
const ALONE = 1000;

/** Another thread that runs checks, where there is a processor for it and the configuration can be handed over. */
function apartLanes(
  { trades, bars, series, limit, seed, signal }: VerifyOptions,
  { source, name: config, inputs }: Settled<WatchedConfig>,
  {
    events,
    onProgress,
  }: { readonly events: number | undefined; readonly onProgress: (at: number, done: number) => void },
): readonly Lane[] {
  if (availableParallelism() === 1 || !travels(source)) return [];
  const task: Omit<ApartTask, 'check'> = {
    source,
    config,
    inputs,
    files: { trades, bars, series, limit },
    ...(seed !== undefined && { seed }),
    ...(events !== undefined && { events }),
  };
  return [
    {
      takes: mayRunApart,
      run: ({ name: check }, at) => runApart({ ...task, check }, { signal, onNote: (done) => onProgress(at, done) }),
      async around(work, over) {
        await setTimeout(ALONE, undefined, { signal: over, ref: false }).catch(() => {});
        return keepingThreads(work);
      },
    },
  ];
}

/** Functions do not travel. */
function travels(source: ConfigSource): boolean {
  try {
    structuredClone(source);
    return true;
  } catch {
    return false;
  }
}

/** Tells of progress check after check in their order, also where one that comes later has gone ahead. */
function followProgress(
  options: RunOptions,
  selected: readonly Check[],
  total: number | undefined,
): { tell(at: number, events: number): void; next(): void } {
  const done = selected.map(() => 0);
  let front = 0;
  const begin = (): Course => createCourse(options, { step: selected[front].name, unit: 'events', total });
  let course = begin();
  return {
    tell(at, events) {
      done[at] += events;
      if (at === front) course.tell(events);
    },
    next() {
      if (++front >= selected.length) return;
      course = begin();
      if (done[front] > 0) course.tell(done[front]);
    },
  };
}
