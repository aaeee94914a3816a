/** `tune`: trials of a model's parameters over walk-forward folds, all of them on record, and the best one scored once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  choice,
  amount,
  flag,
  optionsOf,
  requireKind,
  textual,
  byName,
  thing,
  whole,
  wholeFrom,
} from 'minotaur-core/internal/base/options';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { pointOf, requireSpace, type Dimension, type Space } from 'minotaur-core/internal/tune/space';
import { PRUNERS, type PrunerName } from 'minotaur-core/internal/tune/pruners';
import { SAMPLERS, suggest, type Sampling } from 'minotaur-core/internal/tune/suggest';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { isTried, type TrialState } from 'minotaur-core/internal/tune/trial';
import { rowsArgument } from '../../store/pool.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { writeWhole } from '../../files/atomic.ts';
import { makeDirectory } from '../../node/writing.ts';
import { loadOnnxRuntime } from '../../runtime/onnx-runtime.ts';
import type { RowsArgument } from '../../store/pool.ts';
import { openStudy, type Study } from '../../study/study.ts';
import type { StoredTrial } from '../../study/trials.ts';
import { beginRun, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { COSTS } from '../learning/evaluate.ts';
import { fit } from '../learning/fit.ts';
import { moduleDigest } from '../learning/model-settings.ts';
import { developmentOf, type Development } from './folds.ts';
import { rowsDigest } from './looks.ts';
import { requireTaken, settingsOf, spaceOf } from './settings.ts';
import { clearDrafts, foldArtefact, runTrial, trialsDirectory, type TrialSetting } from './trial.ts';
import { bestTrial, testWinner, type BestTrial, type TestedWinner } from './winner.ts';

/** What `tune` takes. */
export interface TuneOptions extends RunOptions {
  /** Kind of model: a section `model` of this kind says what the trials do not choose. */
  readonly model: string;
  /** Trials in all that are tried: complete or pruned; failed ones do not count. */
  readonly trials: number;
  /** The database of studies, as Optuna has it. */
  readonly storage: string;
  /** Its name there; `tune` where absent. */
  readonly study?: string | undefined;
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** What split wrote: its test rows are seen by no trial. */
  readonly splits: string;
  /** Of the build, with all sections that split, fit and train read. */
  readonly config: ConfigArgument;
  /** Stretches that a trial is scored by, one after the other; 5 where absent. */
  readonly folds?: number | undefined;
  /** Models of each fold, which differ by their seed; 1 where absent. */
  readonly seeds?: number | undefined;
  /** How parameters are chosen; `tpe` where absent. */
  readonly sampler?: Sampling['sampler'] | undefined;
  /** When a trial is given up; `median` where absent. */
  readonly pruner?: PrunerName | undefined;
  /** Of what is chosen at random; 1 where absent. */
  readonly seed?: number | undefined;
  /** Of a round trip, as a fraction of the entry price; 0 where absent, which no venue charges. */
  readonly costs?: number | undefined;
  /** What trials may choose from, in place of the space of the kind. */
  readonly space?: Space | undefined;
  /** Goes on with a study that is there; what was interrupted is tried again. */
  readonly resume?: boolean | undefined;
  /** Directory for the trials and the winner. */
  readonly out: string;
}

const TUNE = optionsOf<TuneOptions>(
  {
    model: textual,
    trials: amount,
    storage: textual,
    rows: rowsArgument,
    labels: textual,
    splits: textual,
    config: configArgument,
    out: textual,
  },
  {
    ...RUN,
    study: textual,
    folds: wholeFrom(2),
    seeds: amount,
    sampler: choice(SAMPLERS),
    pruner: choice(PRUNERS),
    seed: whole,
    costs: COSTS,
    space: byName(thing<Dimension>('a dimension')),
    resume: flag,
  },
);

/** A trial in few words, as `trials.json` has it. */
export interface TrialLine {
  /** From 0 on. */
  readonly number: number;
  /** What became of it. */
  readonly state: TrialState;
  /** Mean ROC AUC over the folds that it came to; of a trial that has none on record, what it reported last; else null. */
  readonly value: number | null;
  /** What was chosen. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What `tune` did. */
export interface TuneReport {
  /** The directory. */
  readonly out: string;
  /** Kind of model. */
  readonly model: string;
  /** The study. */
  readonly study: { readonly storage: string; readonly name: string; readonly id: string };
  /** All trials of the study. */
  readonly trials: readonly TrialLine[];
  /** Trials that were tried: complete or pruned. */
  readonly tried: number;
  /** Trials that another process still works on: whoever ends last exports the winner. */
  readonly running: number;
  /** Those of them that another host began; if its processes are gone, nobody else ends them. */
  readonly elsewhere: readonly { readonly number: number; readonly host: string; readonly pid: number }[];
  /** The best; absent while trials run elsewhere, and where none ran to its end. */
  readonly best?: BestTrial;
  /** What the test says of it. */
  readonly test?: TestedWinner;
  /** That it took. */
  readonly seconds: number;
}

/**
 * Tries parameters, and exports the best as an artefact and a model.
 * @throws {MinotaurError} where the files do not belong together, the study is of something else, or the trials cannot be scored
 */
export async function tune(options: TuneOptions): Promise<TuneReport> {
  requireKind('tune', TUNE, options);
  const started = beginRun(options);
  const { out, model: kind, study: name = 'tune', sampler = 'tpe', seed = 1 } = options;
  await loadOnnxRuntime({ where: 'tune', what: 'scores every fold by its model' });
  const space = options.space ?? spaceOf(kind);
  requireSpace(space);
  const setting = await settingFor(options, space, name);
  const { study } = setting;
  try {
    if (options.resume === true) clearDrafts(out, study.recover());
    const choose: Parameters<Study['begin']>[1] = (trials, number) =>
      suggest(space, trials, number, { sampler, direction: 'MAXIMIZE', seed });
    await runTrials(setting, () => study.begin(options.trials, choose));
    const trials = study.trials();
    const tried = trials.filter(isTried).length;
    const running = trials.filter(({ state }) => state === 'RUNNING').length;
    const found = running === 0 ? await bestTrial(out, trials) : undefined;
    const test = found && (await testWinner(setting, calibratedAs(setting, found.settings), { name, tried }));
    const report: TuneReport = {
      out,
      model: kind,
      study: { storage: options.storage, name, id: study.id },
      trials: trials.map((trial) => lineOf(space, trial)),
      tried,
      running,
      elsewhere: study.elsewhere(),
      ...(found && { best: found.best }),
      ...(test && { test }),
      seconds: secondsSince(started),
    };
    writeWhole(join(out, 'trials.json'), `${JSON.stringify(report.trials, null, 2)}\n`);
    writeWhole(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    return report;
  } finally {
    study.close();
  }
}

/** Everything that is the same of all trials. */
async function settingFor(options: TuneOptions, space: Space, name: string): Promise<TrialSetting> {
  const { out, model: kind, rows, labels, splits, signal, onProgress } = options;
  const { folds = 5, seeds = 1, pruner = 'median', costs = 0 } = options;
  const loaded = await resolveConfig(options.config);
  const fixed = settingsOf(kind, loaded.config.model, {});
  requireTaken(kind, loaded.config.model, space);
  if (seeds > 1 && !('seed' in fixed)) fail('config', 'seeds', `1, since ${kind} has no seed`, `${seeds}`);
  const development = await developmentOf(loaded, { rows, labels, splits }, folds, out);
  const study = await openStudy({
    storage: options.storage,
    name,
    direction: 'MAXIMIZE',
    space,
    terms: termsOf(development, fixed, space, { seeds, costs }),
    resume: options.resume === true,
    accept: (id) => requireOwnDirectory(out, id),
  });
  try {
    development.write();
    for (let fold = 0; fold < folds; fold++) {
      const file = foldArtefact(out, fold);
      if (!existsSync(file))
        await fit({ signal, onProgress, rows, splits: development.file, fold, config: development.config, out: file });
    }
  } catch (error) {
    study.close();
    throw error;
  }
  return { rows, labels, splits, development, study, kind, space, pruner, seeds, costs, out, signal, onProgress };
}

/** What makes trials comparable, by name; of what is long its digest. The calibration may change: only the winner has one. */
function termsOf(
  { pool, folds, outer, config: { config, folder }, targets }: Development,
  fixed: ReturnType<typeof settingsOf>,
  space: Space,
  numbers: Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> {
  const chosen = new Set([...Object.keys(space), 'calibration']);
  const { label, sequence, transform, selection } = config;
  const digest = (codes: ArrayLike<number>, name: (typeof SPLITS)[number]): string =>
    rowsDigest(pool.parts, pool.time, (i) => codes[i] === SPLITS.indexOf(name));
  return {
    ...numbers,
    model: Object.fromEntries(Object.entries(fixed).filter(([key]) => !chosen.has(key))),
    module: moduleDigest(fixed, folder) ?? null,
    rows: pool.parts.map(({ manifest }) => manifest.digest),
    schema: pool.parts[0].plan.schema.id,
    label,
    sequence,
    transform: sha256OfText(canonicalJson(transform)),
    selection: sha256OfText(canonicalJson(selection)),
    folds: folds.map((codes) =>
      (['train', 'validation', 'test'] as const).map((name) => digest(codes, name).slice(0, 16)).join(' '),
    ),
    labels: sha256OfText([...targets.label].join()),
    test: digest(outer, 'test'),
  };
}

/** What a study leaves beside its trials. */
const OWNED = ['artefact.json', 'model.onnx', 'predictions.parquet', 'predictions', 'trials.json', 'report.json'];

/** A directory holds the trials of one study. */
function requireOwnDirectory(out: string, id: string): void {
  const file = join(out, 'study.json');
  const other = existsSync(file) ? undefined : OWNED.find((name) => existsSync(join(out, name)));
  if (other !== undefined)
    fail('state', out, 'a directory of this study, or one without files that it would replace', other);
  makeDirectory(trialsDirectory(out));
  if (!existsSync(file)) writeWhole(file, `${JSON.stringify({ format: 1, study: id })}\n`);
  const { study } = JSON.parse(readFileSync(file, 'utf8')) as { readonly study: string };
  if (study !== id)
    fail('state', out, `a directory of this study (${id}), or an empty one`, `the trials of study ${study}`);
}

/** Trials that may fail one after the other before it is no longer their parameters. */
const FAILURES = 3;

async function runTrials(setting: TrialSetting, next: () => StoredTrial | undefined): Promise<void> {
  const { study, signal } = setting;
  let failures = 0;
  for (let trial; (trial = next()) !== undefined;) {
    try {
      await runTrial(setting, trial);
      failures = 0;
    } catch (error) {
      if (signal?.aborted === true) study.interrupt(trial);
      else study.end(trial, 'FAIL', { failure: error instanceof Error ? error.message : String(error) });
      if (!(error instanceof MinotaurError) || ++failures === FAILURES) throw error;
    }
  }
}

/** As the trial was, calibrated as the configuration says now. */
function calibratedAs(
  { kind, development: { config } }: TrialSetting,
  settings: ReturnType<typeof settingsOf>,
): ReturnType<typeof settingsOf> {
  const { calibration } = settingsOf(kind, config.config.model, {});
  return { ...settings, calibration };
}

function lineOf(space: Space, { number, state, value, place, intermediate }: StoredTrial): TrialLine {
  const known = Object.fromEntries(Object.entries(space).filter(([name]) => place[name] !== undefined));
  const reached = Number.isNaN(value) ? [...intermediate.values()].at(-1) : value;
  return { number, state, value: reached ?? null, parameters: pointOf(known, place) };
}
