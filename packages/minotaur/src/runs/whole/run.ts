/** `run`: the whole way, from files of trades to predictions that are proved to be the same live, in one directory. */
import { join } from 'node:path';
import { callback, amount, flag, optionsOf, requireKind, share, textual } from 'minotaur-core/internal/base/options';
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { portable } from 'minotaur-core/internal/config/portable';
import { fileLists } from '../chain/run-files.ts';
import { configArgument } from '../../files/config-file.ts';
import { makeDirectory } from '../../node/writing.ts';
import { DOORS_VERSION } from '../../files/doors.ts';
import { expandPaths } from '../../files/paths.ts';
import type { ConfigArgument } from '../../files/config-file.ts';
import { readManifest, type Manifest } from '../../store/manifest.ts';
import { nameFrom } from '../../store/owner.ts';
import type { BuildOptions } from '../chain/build.ts';
import { dataFiles, type DataFiles } from '../chain/data-files.ts';
import { beginRun, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { COSTS, type EvaluateOptions, type EvaluateReport } from '../learning/evaluate.ts';
import type { VerifyReport } from '../verification/verify.ts';
import { resolveWatched } from '../verification/watched-config.ts';
import { estimateRun, type RunEstimate } from './estimate.ts';
import {
  contentOf,
  isOther,
  keepContent,
  readRecord,
  requireOwnRun,
  seeInput,
  stampsOf,
  stands,
  writeRecord,
  type RunOwner,
  type RunRecord,
  type SeenInput,
  type StepRecord,
} from './record.ts';
import { PLACES, STEPS, steps, type StepJob, type StepName, type StepOutcome } from './steps.ts';
import { readFigures } from './figures-file.ts';

/** What `run` takes. */
export interface WholeRunOptions extends RunOptions, DataFiles, Pick<BuildOptions, 'accept' | 'minUsed' | 'onWarmup'> {
  /** The chain and what is learned of it; its section `data` names the files, where none are handed over. */
  readonly config: ConfigArgument;
  /** Directory for everything: of this configuration, by its name or by what it says. */
  readonly out: string;
  /** Replaces what a run of another configuration has left there; it is refused where absent. */
  readonly force?: boolean | undefined;
  /** The last step to take; all of them where absent. */
  readonly until?: string | undefined;
  /** Events that `verify` goes through at most; 2,000,000 where absent. */
  readonly verified?: number | undefined;
  /** Of a round trip, as a fraction of the price; 0 where absent. */
  readonly costs?: EvaluateOptions['costs'];
  /** Told of each step when it begins, and when it is done. */
  readonly onStep?: ((event: StepEvent) => void) | undefined;
}

const RUN_WHOLE = optionsOf<WholeRunOptions>(
  { config: configArgument, out: textual },
  {
    ...RUN,
    trades: fileLists,
    bars: fileLists,
    series: fileLists,
    accept: flag,
    minUsed: share,
    force: flag,
    onWarmup: callback,
    until: textual,
    verified: amount,
    costs: COSTS,
    onStep: callback,
  },
);

/** A step that begins, or is done. */
export type StepEvent =
  { readonly kind: 'begin'; readonly step: StepName } | { readonly kind: 'done'; readonly step: TakenStep };

/** A step, and what came of it. */
export interface TakenStep extends StepOutcome {
  /** Its name. */
  readonly name: StepName;
  /** That it took, when it was taken. */
  readonly seconds: number;
  /** Whether it was taken before, of the same, and is as it was. */
  readonly unchanged: boolean;
}

/** What `run` did, and what lies in its directory. */
export interface WholeRunReport {
  /** Whether everything that was compared holds. */
  readonly holds: boolean;
  /** The directory. */
  readonly out: string;
  /** Every step, in order. */
  readonly steps: readonly TakenStep[];
  /** Of the rows. */
  readonly build: Manifest;
  /** What the checks say, where they were run. */
  readonly verdict?: VerifyReport;
  /** How good the predictions are, where they were evaluated. */
  readonly evaluation?: EvaluateReport;
  /** That this run took. */
  readonly seconds: number;
}

const VERIFIED = 2_000_000;

/**
 * Takes every step from trades to predictions that history and live agree on. A step is taken again only where something that
 * it depends on has changed: the files, its part of the configuration, code of the configuration, a step before it, Minotaur, what it
 * asks of files.
 * @throws {MinotaurError} of kind `state` where the directory is of another configuration; that of a step that cannot be taken: the
 *   steps before it are done, and need not be taken again
 */
export async function run(options: WholeRunOptions): Promise<WholeRunReport> {
  requireKind('run', RUN_WHOLE, options);
  const started = beginRun(options);
  const { out, onStep } = options;
  const plan = await planRun(options);
  makeDirectory(out);
  const taken: TakenStep[] = [];
  for (const name of plan.names) {
    onStep?.({ kind: 'begin', step: name });
    const unchanged = isDone(plan, name);
    const { leaves: _, key: __, ...outcome } = unchanged ? recordOf(plan, name) : await take(plan, name);
    taken.push({ name, ...outcome, unchanged });
    onStep?.({ kind: 'done', step: taken[taken.length - 1] });
  }
  const names = new Set(plan.names);
  return {
    holds: taken.every(({ holds }) => holds !== false),
    out,
    steps: taken,
    build: readManifest(join(out, PLACES.build)),
    ...(names.has('verify') && { verdict: readFigures(join(out, PLACES.verdict)) as VerifyReport }),
    ...(names.has('evaluate') && { evaluation: readFigures(join(out, PLACES.evaluation)) as EvaluateReport }),
    seconds: secondsSince(started),
  };
}

/**
 * What {@link run} will take and give: it builds the first trades to see.
 * @throws {MinotaurError} as {@link run}, and where not even one row comes of the first trades
 */
export async function dryRun(options: WholeRunOptions): Promise<RunEstimate> {
  requireKind('dryRun', RUN_WHOLE, options);
  beginRun(options);
  const plan = await planRun(options);
  const planned = plan.names.map((name) => ({ name, done: isDone(plan, name) }));
  const unmake = makeDirectory(options.out);
  try {
    return await estimateRun(plan.job, planned);
  } finally {
    unmake();
  }
}

/** The steps of a run, and what they are taken of. */
interface RunPlan {
  readonly job: StepJob;
  readonly record: RunRecord;
  /** Whose the directory is from now on. */
  readonly own: RunOwner;
  /** Up to the last that is asked for. */
  readonly names: readonly StepName[];
  readonly inputs: readonly SeenInput[];
  /** By step; undefined as long as the content of the files is not known. */
  keys: Readonly<Record<StepName, string>> | undefined;
}

/**
 * Looks at what there is; nothing is written. Files are read for their content only where it decides whether the rows are built: where
 * they are built in any case, that says it, and what is wrong with the files is said at once.
 */
async function planRun(options: WholeRunOptions): Promise<RunPlan> {
  const { out, force } = options;
  const names = STEPS.slice(0, lastOf(options.until) + 1);
  const job = await jobOf(options);
  const record = readRecord(out);
  const own = ownerOf(job);
  if (!force) requireOwnRun(out, record, own);
  const inputs = seeInputs(job.files);
  const isBuilt =
    isWatched(job) && stands(out, record.steps.build) && !inputs.some((input) => isOther(input, record.inputs));
  const plan: RunPlan = { job, record, own, names, inputs, keys: undefined };
  if (isBuilt) plan.keys = await keysOf(plan, (input) => contentOf(input, record.inputs));
  return plan;
}

/** What a directory goes by that this run leaves. */
function ownerOf({ config, files, out }: StepJob): RunOwner {
  const code = config.code?.map(({ sha256 }) => sha256);
  const sha256 = sha256OfText(canonicalJson([portable(config.config), code, files]));
  return { name: nameFrom(out, config), sha256 };
}

/** The key of every step. @param content SHA-256 of a file */
async function keysOf(
  { job, inputs }: RunPlan,
  content: (input: SeenInput) => Promise<string>,
): Promise<Readonly<Record<StepName, string>>> {
  const contents: [of: string, path: string, sha256: string][] = [];
  for (const input of inputs) contents.push([input.of, input.path, await content(input)]);
  const keys: Partial<Record<StepName, string>> = {};
  for (const name of STEPS) {
    const { after, of } = steps[name];
    const before = after.map((step) => keys[step]);
    const own = name === 'build' ? [of(job), contents, DOORS_VERSION] : of(job);
    keys[name] = sha256OfText(canonicalJson([name, ENGINE_VERSION, own, before]));
  }
  return keys as Record<StepName, string>;
}

/** Whether a step was taken of the same before. */
function isDone({ job, record, keys }: RunPlan, name: StepName): boolean {
  const known = record.steps[name];
  return keys !== undefined && isWatched(job) && known?.key === keys[name] && stands(job.out, known);
}

const recordOf = ({ record }: RunPlan, name: StepName): StepRecord => record.steps[name] as StepRecord;

/** Takes a step and puts it on record; what was on record of it is gone before it begins. */
async function take(plan: RunPlan, name: StepName): Promise<StepRecord> {
  const { job, record, own } = plan;
  const { out } = job;
  // A step that fails leaves what another configuration has there, which is still on record as that one's.
  const isOthers = record.config !== undefined && record.config.name !== own.name;
  const begin = (): void => {
    delete record.steps[name];
    record.config = own;
    writeRecord(out, record);
  };
  if (!isOthers) begin();
  const started = performance.now();
  const outcome = await steps[name].work(job, (step) => recordOf(plan, step));
  if (isOthers) begin();
  const { leaves } = steps[name];
  const stamps =
    stampsOf(out, leaves) ?? fail('internal', out, `what ${name} leaves: ${leaves.join(', ')}`, 'not all of it');
  const keys = (plan.keys ??= await keysBuilt(plan));
  const step = { ...outcome, key: keys[name], seconds: secondsSince(started), leaves: stamps };
  record.steps[name] = step;
  writeRecord(out, record);
  return step;
}

/** The keys where the rows were built before the content of the files was known: the manifest has it. */
function keysBuilt(plan: RunPlan): Promise<Readonly<Record<StepName, string>>> {
  const { job, record } = plan;
  const built = new Map(readManifest(join(job.out, PLACES.build)).inputs.map(({ path, sha256 }) => [path, sha256]));
  return keysOf(plan, async (input) => {
    const sha256 = built.get(input.path);
    return sha256 === undefined ? contentOf(input, record.inputs) : keepContent(input, sha256, record.inputs);
  });
}

async function jobOf(options: WholeRunOptions): Promise<StepJob> {
  const { accept, minUsed, onWarmup, onProgress, signal, out, costs, verified = VERIFIED } = options;
  const config = await resolveWatched(options.config);
  const files = dataFiles(options, config);
  if (files.trades === undefined && files.bars === undefined)
    fail('config', 'run', 'files: `data: { trades: [FILES] }` in the configuration, or trades or bars', 'none');
  return { config, files, accept, minUsed, onWarmup, onProgress, signal, out, costs, verified };
}

/** The place of the last step. @throws where there is no such step */
function lastOf(until: string | undefined): number {
  if (until === undefined) return STEPS.length - 1;
  const known: readonly string[] = STEPS;
  if (!known.includes(until))
    fail('config', 'until', `a step (${known.join(', ')})`, `'${until}'${nearest(until, known)}`);
  return known.indexOf(until);
}

/** Every file that is read. */
function seeInputs({ trades, bars, series }: DataFiles): SeenInput[] {
  const found: SeenInput[] = [];
  for (const [kind, files] of Object.entries({ trades, bars, series })) {
    if (files === undefined) continue;
    const lists = Array.isArray(files)
      ? { '': files as readonly string[] }
      : (files as Readonly<Record<string, readonly string[]>>);
    for (const [name, patterns] of Object.entries(lists))
      for (const path of expandPaths(patterns)) found.push(seeInput(`${kind} ${name}`, path));
  }
  return found;
}

/** Whether it is known what code the configuration is made of: that of a module which was loaded before is not. */
function isWatched({ config: { source, loading } }: StepJob): boolean {
  return source.kind === 'value' || loading?.watched === true;
}
