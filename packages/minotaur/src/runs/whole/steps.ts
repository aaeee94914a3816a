/** The steps of `run`, in order: what each is of, what it leaves, and what it does. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { count } from 'minotaur-core/internal/base/figures';
import { chainSections } from 'minotaur-core/internal/chain/section';
import type { Config } from 'minotaur-core/internal/config/config';
import { portable } from 'minotaur-core/internal/config/portable';
import { isNetwork } from 'minotaur-core/internal/model/section';
import { sidecarPath } from '../../store/sidecar.ts';
import { build, replay, type BuildOptions } from '../chain/build.ts';
import { evaluate } from '../learning/evaluate.ts';
import { fit } from '../learning/fit.ts';
import { describeLabelCounts, label } from '../learning/label.ts';
import { moduleDigest } from '../learning/model-settings.ts';
import { predict } from '../learning/predict.ts';
import { NO_SCORE } from '../learning/warnings.ts';
import { split } from '../learning/split.ts';
import { train } from '../learning/train.ts';
import { fails } from '../../verify/harness/check.ts';
import { verify } from '../verification/verify.ts';
import type { WatchedConfig } from '../verification/watched-config.ts';
import type { RunOptions } from '../course/options.ts';
import type { DataFiles } from '../chain/data-files.ts';
import { writeFigures } from './figures-file.ts';

/** Their names, in the order in which they are taken. */
export const STEPS = [
  'build',
  'replay',
  'verify',
  'label',
  'split',
  'fit',
  'train',
  'predict',
  'evaluate',
  'live',
] as const;
/** A step of `run`. */
export type StepName = (typeof STEPS)[number];

/** What a step is done with. */
export interface StepJob extends RunOptions, Pick<BuildOptions, 'accept' | 'minUsed' | 'onWarmup'> {
  readonly config: WatchedConfig;
  readonly files: DataFiles;
  /** Directory of the whole run. */
  readonly out: string;
  /** Events that `verify` goes through at most. */
  readonly verified: number;
  /** Of a round trip, as `evaluate` takes them. */
  readonly costs: number | undefined;
}

/** What came of a step. */
export interface StepOutcome {
  /** In a line. */
  readonly what: string;
  /** Whether what it compared holds; absent where it compares nothing, or nothing could be compared. */
  readonly holds?: boolean;
  /** Of all rows or predictions that it made. */
  readonly digest?: string;
}

/** What came of the steps before. */
type Before = (step: StepName) => StepOutcome;

/** A step. */
export interface Step {
  /** Steps whose results it takes: it is done again where one of them is. */
  readonly after: readonly StepName[];
  /** What else its result depends on. */
  readonly of: (job: StepJob) => unknown;
  /** What it leaves, below the directory of the run; it is done again where one is not as it left it. */
  readonly leaves: readonly string[];
  readonly work: (job: StepJob, before: Before) => Promise<StepOutcome>;
}

/** Where everything lies below the directory of a run. */
export const PLACES = {
  build: 'build',
  replay: 'replay',
  verdict: 'verdict.json',
  labels: 'labels.parquet',
  splits: 'split.parquet',
  fitted: 'fitted.json',
  artefact: 'artefact.json',
  model: 'model.onnx',
  predictions: 'predictions.parquet',
  evaluation: 'evaluation.json',
  live: 'live',
} as const;

/** Of the figures of `evaluate`, raised where there are others. */
const EVALUATION_FORMAT = 3;

/** Sections that the rows come of; the others are of what is learned from them. */
const OF_ROWS: ReadonlySet<string> = new Set([...Object.keys(chainSections), 'input']);

function chainOf({ config: { config, code }, files, accept, minUsed }: StepJob): unknown {
  const sections = Object.entries(portable(config) as Config).filter(([name]) => OF_ROWS.has(name));
  return { chain: Object.fromEntries(sections), code, named: files, accept, minUsed };
}

const at = ({ out }: StepJob, place: keyof typeof PLACES): string => join(out, PLACES[place]);
const chainJob = ({ config, files, accept, minUsed, onProgress, signal }: StepJob): Omit<BuildOptions, 'out'> => {
  // Whose the directory is was asked of the run.
  return { config, ...files, accept, minUsed, force: true, onProgress, signal };
};
const course = ({ onProgress, signal }: StepJob): RunOptions => ({ onProgress, signal });

/** Whether two runs gave the same rows. */
function parityOf(what: string, all: string, history: string | undefined, live: string | undefined): StepOutcome {
  const holds = history === live;
  return {
    what: holds
      ? `the same bits as history in all ${all}`
      : `NOT the ${what} of history: ${live?.slice(0, 16)} against ${history?.slice(0, 16)}`,
    holds,
    digest: live ?? '',
  };
}

/** Every step by its name. */
export const steps: Readonly<Record<StepName, Step>> = {
  build: {
    after: [],
    of: chainOf,
    leaves: [join(PLACES.build, 'manifest.json'), join(PLACES.build, 'rows.parquet')],
    async work(job) {
      const made = await build({ ...chainJob(job), out: at(job, 'build'), onWarmup: job.onWarmup });
      const { trades, rows, readyRows } = made.counts;
      const what = `${count(trades)} trades, ${count(rows)} rows of ${made.columns.length} columns, ${count(readyRows)} ready`;
      return { what, digest: made.digest };
    },
  },
  replay: {
    after: ['build'],
    of: () => null,
    leaves: [join(PLACES.replay, 'manifest.json')],
    async work(job, before) {
      const { digest, counts } = await replay({ ...chainJob(job), out: at(job, 'replay') });
      return parityOf('rows', `${count(counts.rows)} rows`, before('build').digest, digest);
    },
  },
  verify: {
    after: ['build'],
    of: ({ verified }) => ({ verified }),
    leaves: [PLACES.verdict],
    async work(job) {
      const { config, files, accept, minUsed, verified: limit } = job;
      const repro = join(job.out, 'repro');
      const verdict = await verify({ config, ...files, accept, minUsed, limit, repro, ...course(job) });
      writeFigures(at(job, 'verdict'), verdict);
      const failed = verdict.checks.filter(fails).map(({ name }) => name);
      const open = verdict.checks.filter(({ answered }) => !answered).map(({ name }) => name);
      const held = verdict.checks.length - failed.length - open.length;
      const parts = [`${held} checks hold`];
      if (failed.length > 0) parts.push(`FAIL: ${failed.join(', ')}`);
      if (open.length > 0) parts.push(`compared nothing: ${open.join(', ')}`);
      return { what: parts.join('; '), ...(held + failed.length > 0 && { holds: failed.length === 0 }) };
    },
  },
  label: {
    after: ['build'],
    of: ({ config: { config } }) => config.label,
    leaves: [PLACES.labels],
    async work(job) {
      const { config, files, accept, minUsed } = job;
      // Of several instruments, those of the one that drives: `label` picks them as it does of a configuration.
      const own = { ...config, config: { ...config.config, data: files as Config['data'] }, folder: '.' };
      const made = await label({
        config: own,
        accept,
        minUsed,
        rows: at(job, 'build'),
        out: at(job, 'labels'),
        ...course(job),
      });
      return { what: describeLabelCounts(made.counts)[0] };
    },
  },
  split: {
    after: ['label'],
    of: ({ config: { config } }) => [config.split, config.sequence],
    leaves: [PLACES.splits],
    async work(job) {
      const { config } = job;
      const rows = at(job, 'build');
      const { folds } = await split({
        config,
        rows,
        labels: at(job, 'labels'),
        out: at(job, 'splits'),
        ...course(job),
      });
      const [{ train: training, validation, test, purged }] = folds;
      const of = folds.length === 1 ? '' : `${folds.length} folds; the first: `;
      const lost = purged.label + purged.sequence + purged.embargo;
      return {
        what: `${of}${count(training)} training rows, ${count(validation)} validation, ${count(test)} test, ${count(lost)} purged`,
      };
    },
  },
  fit: {
    after: ['split'],
    of: ({ config: { config } }) => [config.transform, config.selection],
    leaves: [PLACES.fitted],
    async work(job) {
      const { config } = job;
      const rows = at(job, 'build');
      const { columns, dropped } = await fit({
        config,
        rows,
        splits: at(job, 'splits'),
        out: at(job, 'fitted'),
        ...course(job),
      });
      return { what: `${count(columns.length)} columns learned, ${count(dropped.length)} dropped` };
    },
  },
  train: {
    after: ['fit'],
    // An edited module is another network under the same name.
    of({ config: { config, folder } }) {
      const digest = moduleDigest(config.model, folder);
      return digest === undefined ? config.model : [config.model, digest];
    },
    leaves: [PLACES.artefact, PLACES.model, sidecarPath(PLACES.model)],
    async work(job) {
      const { config } = job;
      const artefact = at(job, 'artefact');
      // Training keeps its decisions in the artefact: what was fitted stays as it is, for another model.
      copyFileSync(at(job, 'fitted'), artefact);
      const inputs = { rows: at(job, 'build'), labels: at(job, 'labels'), splits: at(job, 'splits'), artefact };
      // An interrupted run left a checkpoint: it goes on where nothing has changed since. Trees have none.
      const resume = isNetwork(config.config.model) ? 'same' : undefined;
      const { kind, rows, columns } = await train({ config, ...inputs, out: at(job, 'model'), resume, ...course(job) });
      return { what: `${kind} of ${count(rows.train)} rows of ${count(columns)} columns` };
    },
  },
  predict: {
    after: ['train'],
    of: () => null,
    leaves: [PLACES.predictions],
    async work(job) {
      const [rows, artefact, model] = [at(job, 'build'), at(job, 'artefact'), at(job, 'model')];
      const made = await predict({ rows, artefact, model, out: at(job, 'predictions'), ...course(job) });
      return { what: `${count(made.predicted)} of ${count(made.rows)} rows`, digest: made.digest };
    },
  },
  evaluate: {
    after: ['predict'],
    of: ({ costs }) => ({ costs, figures: EVALUATION_FORMAT }),
    leaves: [PLACES.evaluation],
    async work(job) {
      const { costs } = job;
      const measured = await evaluate({ ...evaluatedPlaces(job.out), costs, ...course(job) });
      writeFigures(at(job, 'evaluation'), measured);
      return { what: `test ROC AUC: ${measured.verdict?.text ?? NO_SCORE}` };
    },
  },
  live: {
    after: ['predict'],
    of: () => null,
    leaves: [join(PLACES.live, 'manifest.json')],
    async work(job, before) {
      const [artefact, model] = [at(job, 'artefact'), at(job, 'model')];
      const { digest, counts, predictions } = await replay({ ...chainJob(job), artefact, model, out: at(job, 'live') });
      const all = `${count(counts.rows)} rows`;
      const rows = parityOf('rows', all, before('build').digest, digest);
      if (rows.holds === false) return rows;
      // Rows without a prediction have none on both sides, which is compared too, and is no prediction.
      const predicted = `${all}, ${count(predictions?.predicted ?? 0)} of them predicted`;
      return parityOf('predictions', predicted, before('predict').digest, predictions?.digest);
    },
  },
};

/** What `evaluate` takes of a run. */
export function evaluatedPlaces(out: string): Record<'predictions' | 'labels' | 'splits' | 'artefact', string> {
  const { predictions, labels, splits, artefact } = PLACES;
  return {
    predictions: join(out, predictions),
    labels: join(out, labels),
    splits: join(out, splits),
    artefact: join(out, artefact),
  };
}
