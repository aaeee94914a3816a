/** `build --job`: the steps of one job of a list, wherever it runs, done once however often they are asked for. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { numeric, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseSpan } from 'minotaur-core/internal/base/time';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { Config } from 'minotaur-core/internal/config/config';
import { withInstrument } from 'minotaur-core/internal/trades/instrument';
import { MANIFEST } from '../../files/atomic.ts';
import { isObject, type PlacedFile } from '../../files/objects/object-store.ts';
import { joinPlace, openPlaces, type Places } from '../../files/objects/places.ts';
import { filesOf, stepName, stepsOf, type Job, type JobInput, type Step } from '../../store/job-list.ts';
import type { Manifest } from '../../store/manifest.ts';
import { readState, STATE } from '../../store/state.ts';
import { requireStep, stepKey, type StepManifest } from '../../store/step.ts';
import { keepingThreads } from '../../node/threads.ts';
import { runChain, type ChainJob } from '../chain/chain.ts';
import { beginRun, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { openJobs, type OpenedJobs } from './jobs.ts';
import { createStepChain, type StepChain } from './step-chain.ts';

/** What `build --job` takes. */
export interface JobOptions extends RunOptions {
  /** The list that `plan` wrote. */
  readonly job: string;
  /** Which of its jobs, from 0 on. */
  readonly index: number;
  /** How long to wait for the month before, where it is not done yet: a span, such as 12h. Absent: it has to be. */
  readonly wait?: string | undefined;
}

const JOB = optionsOf<JobOptions>({ job: textual, index: numeric }, { ...RUN, wait: textual });

/** What became of a job. */
export interface JobReport {
  /** Its place in the list. */
  readonly index: number;
  /** Whose rows they are. */
  readonly symbol: string;
  /** In order. */
  readonly months: readonly JobMonthReport[];
  /** That it took. */
  readonly seconds: number;
}

/** What became of a month of a job. */
export interface JobMonthReport {
  /** As 2024-08. */
  readonly month: string;
  /** `there`: it was done before, and nothing was done. */
  readonly outcome: 'built' | 'there';
  /** Where its rows are. */
  readonly out: string;
  /** What its rows are of, as a digest. */
  readonly key: string;
  /** Of the rows since the first month. */
  readonly digest: string;
  /** Of the month. */
  readonly rows: number;
}

/**
 * Builds the months of one job, each from the state that the month before left. What is there is left as it is, if it is of the
 * same engine, schema, configuration, inputs and months before.
 * @throws {MinotaurError} where it is of others, where the month before is not done, and as `build` does
 */
export async function buildJob(options: JobOptions): Promise<JobReport> {
  requireKind('buildJob', JOB, options);
  const started = beginRun(options);
  const { index, wait, signal } = options;
  const patience = wait === undefined ? 0 : parseSpan(wait) / 1000;
  if (!Number.isFinite(patience)) fail('config', 'wait', 'a span such as 30min, 12h', `'${wait}'`);
  const places = openPlaces();
  try {
    const jobs = await openJobs(places, options.job);
    const job = jobs.list.jobs[index];
    if (job === undefined)
      fail('config', 'index', `a job of ${options.job}, 0 to ${jobs.list.jobs.length - 1}`, String(index));
    let before = await stepBefore(jobs, job, patience, signal);
    const months: JobMonthReport[] = [];
    const chain = createStepChain();
    // A month after the first reads and writes with the threads of the one before.
    await keepingThreads(async () => {
      for (const step of stepsOf(job)) {
        const task: Task = { places, jobs, step, before, chain, inputs: await inputsOf(places, jobs, step) };
        const found = await jobs.manifest(step);
        const manifest = found === undefined ? await buildStep(task, options) : await requireSame(task, found);
        months.push(aboutMonth(jobs.folder(step), manifest, found === undefined ? 'built' : 'there'));
        before = { step, manifest };
      }
    });
    return { index, symbol: job.symbol, months, seconds: secondsSince(started) };
  } finally {
    places.close();
  }
}

function aboutMonth(
  out: string,
  { step: { month, key }, digest, counts }: StepManifest,
  outcome: JobMonthReport['outcome'],
): JobMonthReport {
  return { month, outcome, out, key, digest, rows: counts.rows };
}

/** A file of a step. */
interface StepFile extends PlacedFile {
  /** By which the list knows it. */
  readonly name: string;
  readonly instrument: JobInput['instrument'];
  /** Whether it is of the month that follows. */
  readonly isAhead: boolean;
}

/** A step that is done, and what it left. */
interface Done {
  readonly step: Step;
  readonly manifest: StepManifest;
}

interface Task {
  readonly places: Places;
  readonly jobs: OpenedJobs;
  readonly step: Step;
  /** The month before. */
  readonly before: Done | undefined;
  readonly chain: StepChain;
  /** As they are now. */
  readonly inputs: readonly StepFile[];
}

const expectedOf = ({ list }: OpenedJobs, { symbol, month }: Step) => ({
  symbol,
  month,
  configuration: list.config.digest,
  engineVersion: ENGINE_VERSION,
});

/** The month before the first of a job, once it is done. */
async function stepBefore(
  jobs: OpenedJobs,
  { before }: Job,
  patience: number,
  signal: AbortSignal | undefined,
): Promise<Done | undefined> {
  if (before === null) return undefined;
  const step = stepsOf(jobs.list.jobs[before]).at(-1) as Step;
  const until = performance.now() + patience;
  for (let pause = 500; ; pause = Math.min(2 * pause, 30_000)) {
    const manifest = await jobs.manifest(step);
    const where = joinPlace(jobs.folder(step), MANIFEST);
    if (manifest !== undefined) {
      requireStep(manifest, expectedOf(jobs, step), where);
      return { step, manifest };
    }
    const left = until - performance.now();
    if (left <= 0) fail('state', where, `the month before, ${stepName(step)} (job ${before})`, 'none: it is not done');
    await sleep(Math.min(pause, left), undefined, { signal });
  }
}

/** The files of a step, which are still those that were planned, as far as their sizes tell. */
async function inputsOf(places: Places, { place, path }: OpenedJobs, step: Step): Promise<Task['inputs']> {
  const files: StepFile[] = [];
  for (const input of filesOf(step)) {
    const { path: name, bytes, instrument } = input;
    const file = await places.file(place(name));
    if (file.bytes !== bytes)
      fail('input', file.path, `${bytes} bytes, as ${path} has it`, `${file.bytes}: plan again`);
    files.push({ ...file, name, instrument, isAhead: !step.inputs.includes(input) });
  }
  return files;
}

/** That what is there is of what the job is of; files whose size, time and ETag are the same are not read again. */
async function requireSame({ places, jobs, step, before, inputs }: Task, found: Manifest): Promise<StepManifest> {
  const where = joinPlace(jobs.folder(step), MANIFEST);
  requireStep(found, expectedOf(jobs, step), where);
  const key = before?.manifest.step.key ?? null;
  const again = 'remove it to build it again';
  if (found.step.before !== key)
    fail('state', where, 'rows that go on from the month before as it is', `those of another (${again})`);
  const shas = new Map(found.inputs.map(({ path, sha256 }) => [path, sha256]));
  const facts = { ...expectedOf(jobs, step), schemaId: found.schemaId, before: key, inputs: [] as string[] };
  for (const { path, name, tag } of inputs) {
    const isSame = found.step.tags[name] === tag;
    facts.inputs.push(isSame ? (shas.get(name) ?? '') : await places.sha256(path));
    if (facts.inputs.at(-1) !== shas.get(name))
      fail('state', where, `rows of ${path} as it is`, `those of other files (${again})`);
  }
  if (stepKey(facts) !== found.step.key)
    fail('state', where, `rows with the key of ${stepName(step)}`, `others (${again})`);
  return found;
}

/** Builds it where it belongs, or beside and copies it to an object store. */
async function buildStep(task: Task, { onProgress, signal }: JobOptions): Promise<StepManifest> {
  const { places, jobs, step, before, inputs, chain } = task;
  const folder = jobs.folder(step);
  const scratch = createScratch();
  try {
    const local = await localOf(task, scratch, signal);
    const names = new Map(local.map(({ file, name }) => [file, name]));
    const ahead = new Set(local.filter(({ isAhead }) => isAhead).map(({ file }) => file));
    const out = isObject(folder) ? scratch.place('out') : folder;
    const from = before === undefined ? undefined : await stateOf(task, before, scratch);
    const configuration = jobs.list.config.digest;
    const { symbol, month } = step;
    const tags = Object.fromEntries(inputs.map(({ name, tag }) => [name, tag]));
    const facts = { symbol, month, configuration, before: before?.manifest.step.key ?? null };
    const manifest = await runChain({
      ...tradesOf(local, jobs.config, symbol),
      out,
      live: false,
      from,
      accept: jobs.list.accept,
      minUsed: jobs.list.minUsed,
      step: {
        chainOf: (config, sinks) => chain.give(config, sinks, facts.before),
        nameOf: (path) => names.get(path) ?? path,
        ahead,
        record: ({ schemaId, inputs: read }) => {
          const shas = read.map(({ sha256 }) => sha256);
          return { ...facts, key: stepKey({ ...facts, engineVersion: ENGINE_VERSION, schemaId, inputs: shas }), tags };
        },
      },
      onProgress,
      signal,
    });
    if (isObject(folder)) await places.publish(out, folder);
    const done = manifest as StepManifest;
    chain.hasDone(done.step.key);
    return done;
  } finally {
    scratch.remove();
  }
}

/** Room of a step for copies of objects; where nothing is an object, there is none. */
interface Scratch {
  /** A name there. */
  place(name: string): string;
  /** The file on this machine: itself, or a copy in a folder of that name. */
  copy(places: Places, path: string, name: string): Promise<string>;
  remove(): void;
}

function createScratch(): Scratch {
  let folder: string | undefined;
  const place = (name: string): string => join((folder ??= mkdtempSync(join(tmpdir(), 'minotaur-job-'))), name);
  return {
    place,
    async copy(places, path, name) {
      if (!isObject(path)) return path;
      const own = place(name);
      mkdirSync(own);
      return places.local(path, own);
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The files of a step on this machine. */
async function localOf({ places, inputs }: Task, scratch: Scratch, signal: AbortSignal | undefined) {
  const local: (StepFile & { readonly file: string })[] = [];
  for (const [i, input] of inputs.entries()) {
    local.push({ ...input, file: await scratch.copy(places, input.path, String(i)) });
    signal?.throwIfAborted();
  }
  return local;
}

/** The chain of a step and its trades: of a symbol, or of the instruments that the configuration names. */
function tradesOf(
  local: readonly (StepFile & { readonly file: string })[],
  config: Config,
  symbol: string,
): Pick<ChainJob, 'config' | 'trades'> {
  if (local[0].instrument === undefined)
    return { config: withInstrument(config, symbol), trades: local.map(({ file }) => file) };
  const trades: Record<string, string[]> = {};
  for (const { instrument = '', file } of local) (trades[instrument] ??= []).push(file);
  return { config, trades };
}

/** The state that a month left, which is that of its rows. */
async function stateOf({ places, jobs }: Task, { step, manifest }: Done, scratch: Scratch): Promise<string> {
  const where = joinPlace(jobs.folder(step), STATE);
  const path = await scratch.copy(places, where, 'before');
  const { digest } = await readState(path);
  const found = Buffer.from(digest).toString('hex');
  if (found !== manifest.digest) fail('state', where, `the state after rows ${manifest.digest}`, `after rows ${found}`);
  return path;
}
