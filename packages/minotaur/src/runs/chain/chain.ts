/**
 * One chain over files into an output directory: what `build` and `replay` share. They differ in one thing: build hands the
 * engine blocks as they come from the reader, replay one event at a time.
 */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { Described, Engine, EngineCounts, EngineSinks, Feed } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Config } from 'minotaur-core/internal/config/config';
import { portable } from 'minotaur-core/internal/config/portable';
import type { PredictorOptions } from 'minotaur-core/internal/live/predictor';
import type { Recorder } from 'minotaur-core/internal/live/record';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { createEngine } from '../../node/engine.ts';
import { outlineTrades, type TradeOutline } from '../../files/trades/outline.ts';
import { nextEpoch } from '../../journal/epochs.ts';
import { createJournal } from '../../journal/writer.ts';
import { nodeHashing } from '../../node/hashing.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { DOORS_VERSION } from '../../files/doors.ts';
import { expandPaths } from '../../files/paths.ts';
import { positionsAfter, type InputFile } from '../../store/inputs.ts';
import { MANIFEST_FORMAT, writeManifest, type Manifest } from '../../store/manifest.ts';
import { requireOwnDirectory, RUN_FILES } from '../../store/own-place.ts';
import { nameFrom, requireOwnRows, type Named } from '../../store/owner.ts';
import { createRunOutputs, openRunDirectory, type RunOutputs } from '../../store/run-directory.ts';
import { readState, writeState, type RunState } from '../../store/state.ts';
import type { StepRecord } from '../../store/step-record.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';
import { feedFiles, type FeedJob, type Place } from './feeds.ts';
import { forecastWarmup, type WarmupListener } from './forecast.ts';
import { requireRows } from './nothing-to-show.ts';
import { runFiles, type Files, type RunFiles } from './run-files.ts';
import { settleInstruments } from './settle.ts';
import { createUsage, type Usage } from './usage.ts';
import { createLivePredictions, type LivePredictions } from './predictions.ts';
import { createWarmupAccount, type WarmupAccount } from './warmup.ts';

/** What a chain is run over, and where its outputs go. */
export interface ChainJob extends RunOptions, WarmupListener {
  readonly config: Config;
  /** What the configuration goes by; rows of another one in `out` are refused, unless `force` is said. Absent where the caller says where rows go. */
  readonly named?: Named | undefined;
  readonly force?: boolean | undefined;
  readonly trades?: Files | undefined;
  readonly bars?: Files | undefined;
  readonly series?: Files | undefined;
  readonly out: string;
  /** True: one event at a time, as live. */
  readonly live: boolean;
  /** A state.bin to go on from. */
  readonly from?: string | undefined;
  /** Stop after this many input rows, as if the run had been interrupted there. */
  readonly limit?: number | undefined;
  /** What fit and train wrote: predictions are made while the chain runs. */
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
  readonly require?: PredictorOptions['require'];
  /** Where the run is recorded, as a live session is. */
  readonly journal?: string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
  /** The least share of the trades that has to be used. */
  readonly minUsed?: number | undefined;
  /** Where it is one of many that make a long one. */
  readonly step?: ChainStep | undefined;
}

/** What makes a run a step of a job list. */
interface ChainStep {
  /** By what name the list knows a file that was read. */
  readonly nameOf: (path: string) => string;
  /** Files of what follows, which are looked into: the run ends where the driving instrument comes to them. Empty: there are none. */
  readonly ahead: ReadonlySet<string>;
  /** What the manifest says of the step. */
  readonly record: (facts: Pick<Manifest, 'schemaId' | 'inputs'>) => StepRecord;
  /** The chain, which is in the state to go on from where `isThere`: then it has done the step before itself. */
  readonly chainOf: (config: Config, sinks: EngineSinks) => { readonly engine: Engine; readonly isThere: boolean };
}

/** A job whose instruments are settled. */
interface SettledJob extends ChainJob {
  readonly inputs: FeedJob['inputs'];
  /** What the manifest says of it. */
  readonly about: Pick<Manifest, 'config' | 'configName' | 'told' | 'accept'>;
}

async function settleJob(job: ChainJob, state: RunState | undefined): Promise<SettledJob> {
  const { trades, accept } = job;
  const known = state?.instruments;
  const { config, inputs, instruments } = await settleInstruments(job.config, { trades, accept, known });
  const nameOf = job.step?.nameOf ?? ((path: string) => path);
  const told = Object.fromEntries(
    instruments.map((instrument) => [
      instrument.name,
      Object.fromEntries(Object.entries(instrument.told).map(([key, by]) => [key, nameOf(by)])),
    ]),
  );
  const named = job.named && { configName: nameFrom(job.out, job.named) };
  const about = { config: portable(job.config), ...named, told, ...(accept ? { accept } : {}) };
  return { ...job, config, inputs, about };
}

/** Runs a chain and leaves rows, bars, state and manifest in `out`; on any failure leaves what was there before. */
export async function runChain(raw: ChainJob): Promise<Manifest> {
  const started = beginRun(raw);
  const state = raw.from === undefined ? undefined : await readState(raw.from);
  const job = await settleJob(raw, state);
  const digest = createRowDigest(nodeHashing, state?.digest);
  const digestFrom = digest.hex();
  const directory = openRunDirectory(job.out);
  // Where the event stands that is being pushed, for the account of what was wrong with it.
  const current: { place: Place } = { place: (row) => `trade ${row + 1}` };
  const usage = createUsage();
  const ears: Ears = { digest, usage, current };
  try {
    const { engine, journal } = createChain(job, sinksOf(ears));
    if (state !== undefined) engine.restore(state.snapshot, { predictor: state.predictor, digest: state.digest });
    const before = engine.counts();
    const { plan } = engine;
    const files = filesOf(job, plan);
    const warmup = (ears.warmup = createWarmupAccount(plan, before));
    const outputs = (ears.outputs = createRunOutputs(directory, plan));
    const saved = { plan, directory: directory.path, state: state?.predictor, rows: before.rows };
    const model = { artefact: job.artefact, model: job.model, require: job.require };
    const predictions = await createLivePredictions({ ...model, ...saved, onPrediction: journal?.prediction });
    ears.predictions = predictions;
    const opened = (): Promise<void> => tellWarmup(job, files, plan, before);
    const settle = async (): Promise<void> => predictions?.settle();
    const fed = await feed(job, { engine, files, current, opened, settle }, state);
    const { inputs: read, leftOut, seams, unread, notes } = fed;
    outputs.finish();
    const predicted = predictions?.finish();
    const predictor = predictions?.snapshot();
    const snapshot = engine.snapshot(predictor);
    writeState(directory.path, {
      seams,
      instruments: plan.instruments,
      inputs: positionsAfter(state?.inputs ?? [], read, fed.rows),
      snapshot,
      digest: digest.state(),
      predictor,
    });
    journal?.stop();
    const counts = engine.counts();
    const used = usage.require(before, counts, raw.minUsed);
    requireRows(job, plan, before, counts);
    const manifest: Manifest = {
      ...job.about,
      ...inputsOf(job, plan, read),
      leftOut,
      ...(unread.length === 0 ? {} : { unread }),
      used,
      ...notesOf([...usage.report(), ...notes]),
      ...accountOf(engine, before, warmup),
      digest: digest.hex(),
      digestFrom,
      firstRow: before.rows,
      ...(predicted === undefined ? {} : { predictions: predicted }),
      seconds: secondsSince(started),
      peakRssBytes: peakRssBytes(),
    };
    writeManifest(directory.path, manifest);
    await directory.commit();
    return manifest;
  } catch (error) {
    ears.outputs?.abort();
    directory.abort();
    throw asWriteError(error, job.out);
  } finally {
    await ears.predictions?.abort();
  }
}

/** What is read, none of which is replaced by what is made of it. */
function filesOf(job: ChainJob, plan: Plan): RunFiles {
  const files = runFiles(job, plan);
  const { trades, bars, series } = files;
  const read = [trades, bars, series].flatMap((byName) => Object.values(byName)).map(expandPaths);
  requireOwnDirectory(job.out, RUN_FILES, [...read, job.from, job.artefact, job.model]);
  if (job.named !== undefined && !job.force) requireOwnRows(job.out, job.named, plan.schema.id);
  return files;
}

/** What was read, by the names that a job list has for it, and which step of it the run is. */
function inputsOf({ step }: ChainJob, plan: Plan, read: readonly InputFile[]): Pick<Manifest, 'inputs' | 'step'> {
  if (step === undefined) return { inputs: read };
  const inputs = read.map((file) => ({ ...file, path: step.nameOf(file.path) }));
  return { inputs, step: step.record({ schemaId: plan.schema.id, inputs }) };
}

const notesOf = (notes: readonly string[]): Pick<Manifest, 'notes'> => (notes.length === 0 ? {} : { notes });

/** Who hears of what the chain of a run does, as soon as there is somebody. */
interface Ears {
  readonly digest: ReturnType<typeof createRowDigest>;
  readonly usage: Usage;
  readonly current: { readonly place: Place };
  warmup?: WarmupAccount;
  outputs?: RunOutputs;
  predictions?: LivePredictions | undefined;
}

function sinksOf(ears: Ears): EngineSinks {
  return {
    onRows(rows) {
      ears.digest.add(rows);
      ears.warmup?.addRows(rows);
      ears.outputs?.addRows(rows);
      ears.predictions?.addRows(rows);
    },
    onBars(bars) {
      ears.warmup?.addBars(bars);
      ears.outputs?.addBars(bars);
    },
    onNotice(notice) {
      ears.outputs?.addProblem(ears.current.place, notice);
      ears.usage.add(ears.current.place, notice);
    },
  };
}

/** What the chain itself says of a run that began with the counts `before`. */
function accountOf(
  { schema, plan, columns, counts }: Described,
  before: EngineCounts,
  warmup: WarmupAccount,
): Pick<
  Manifest,
  'format' | 'schemaId' | 'engineVersion' | 'doors' | 'instruments' | 'drive' | 'counts' | 'warmup' | 'columns'
> {
  const now = counts();
  return {
    format: MANIFEST_FORMAT,
    schemaId: schema.id,
    engineVersion: ENGINE_VERSION,
    doors: DOORS_VERSION,
    instruments: plan.instruments,
    ...(plan.instruments.length > 1 ? { drive: plan.instruments[plan.clocks[plan.drive].instrument].name } : {}),
    counts: {
      ...now,
      rows: now.rows - before.rows,
      readyRows: warmup.readyRows,
      completeRows: warmup.completeRows,
    },
    warmup: warmup.report(),
    columns,
  };
}

/** Says what to expect, where somebody listens: it takes a look into the files. */
async function tellWarmup({ onWarmup, inputs }: SettledJob, { trades }: RunFiles, plan: Plan, before: EngineCounts) {
  if (onWarmup === undefined) return;
  const outlines: Record<string, TradeOutline> = {};
  for (const instrument of plan.instruments) {
    const { name } = instrument;
    if (name in trades) outlines[name] = await outlineTrades(trades[name], inputs[name], instrument);
  }
  onWarmup(forecastWarmup(plan, outlines, before));
}

/** Feeds the engine what the job names, from where the state is that it goes on from. */
function feed(
  { trades, live, limit = Infinity, inputs, step, ...run }: SettledJob,
  chain: Pick<FeedJob, 'engine' | 'files' | 'current' | 'opened' | 'settle'>,
  state: RunState | undefined,
): ReturnType<typeof feedFiles> {
  const course = createCourse(run, { step: live ? 'replay' : 'build', unit: trades === undefined ? 'bars' : 'trades' });
  const from = { seen: state?.inputs ?? [], seams: state?.seams, ahead: step?.ahead ?? new Set<string>() };
  return feedFiles({ ...chain, ...from, inputs, live, limit, course });
}

/** What a run needs of its chain. */
interface ChainOfRun extends Feed, Described, Pick<RecordedEngine, 'snapshot' | 'restore'> {}

/** The chain of a run; with a journal, the same chain with a recorder around it, as a live session has one. */
function createChain(
  { config, journal: path, step }: ChainJob,
  sinks: EngineSinks,
): { engine: ChainOfRun; journal?: Recorder } {
  if (path === undefined) {
    const { engine, isThere } = step?.chainOf(config, sinks) ?? { engine: createEngine(config, sinks), isThere: false };
    const restore = (bytes: Uint8Array): void => {
      if (!isThere) engine.restore(bytes);
    };
    // Nothing is recorded beside it.
    return { engine: { ...engine, snapshot: () => engine.snapshot(), restore } };
  }
  const journal = createJournal(path);
  // Where it starts cold, its rows are others than those on record; a state brings its own epoch.
  const epoch = nextEpoch(path);
  const make = (recording: EngineSinks): Engine => createEngine(config, bothSinks(recording, sinks), { epoch });
  return { engine: recordEngine(journal, make), journal };
}

function bothSinks(first: EngineSinks, second: EngineSinks): EngineSinks {
  return {
    ...second,
    onRows(rows) {
      first.onRows?.(rows);
      second.onRows?.(rows);
    },
    onHole(hole, instrument) {
      first.onHole?.(hole, instrument);
      second.onHole?.(hole, instrument);
    },
  };
}

/** A full disk may show at any write; say it as what it is. */
function asWriteError(error: unknown, out: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const found = `a full disk (${code})`;
  return new MinotaurError('input', { where: out, expected: 'a place that can be written, with room enough', found });
}
