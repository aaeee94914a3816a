/** `train`: a first model from labelled rows, as ONNX, with what is learned on validation kept in the artefact. */
import { decide, type Artefact, type Decision, type Importance } from 'minotaur-core/internal/artefact/artefact';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { transformOf } from 'minotaur-core/internal/live/predictor';
import { trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf, type Labelled } from 'minotaur-core/internal/model/matrix';
import type { ModelExpectation } from 'minotaur-core/internal/model/port';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { gainImportance } from 'minotaur-core/internal/model/trees';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import { exportOnnx } from '../../onnx/export.ts';
import { loadOnnxRuntime } from '../../runtime/onnx-runtime.ts';
import { makeSidecar, openModel } from '../../runtime/open-model.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { writeArtefact } from '../../store/artefact.ts';
import { draftModel, featureDigest, modelDigest, type ModelDraft } from '../../store/model.ts';
import { bySymbol, wholeSequences, type RowsArgument } from '../../store/pool.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';
import { featureColumns, openFittedRows, type FittedRows } from './fitted-rows.ts';
import { countBySymbol, readOwnTargets, rowsOfSplit } from './targets.ts';
import { trainTreesOnRows, type EndTargets } from './train-trees.ts';

/** What `train` takes. */
export interface TrainOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** What split wrote. */
  readonly splits: string;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** What fit wrote; gets the calibration and the threshold. */
  readonly artefact: string;
  /** Of the build, with the section `model`. */
  readonly config: ConfigArgument;
  /** The model, .onnx. */
  readonly out: string;
}

/** What `train` did. */
export interface TrainReport {
  /** The model. */
  readonly out: string;
  /** What was trained. */
  readonly kind: ModelConfig['kind'];
  /** Rows with a label and a whole sequence. */
  readonly rows: { readonly train: number; readonly validation: number };
  /** The same of each instrument. */
  readonly symbols: Readonly<Record<string, TrainReport['rows']>>;
  /** Values that the model is given. */
  readonly columns: number;
  /** From which calibrated probability on the signal is 1; chosen on validation, whose scores flatter: `evaluate` has them. */
  readonly threshold: Threshold;
  /** The features that the model leans on most, the greatest first. */
  readonly importances: readonly Importance[];
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/** Validation rows that travel with the model and are replayed whenever it is opened. */
const GOLDEN_ROWS = 8;
/** Float32 values of the training matrix at most: 8 GiB. */
const MATRIX_VALUES = 2_147_483_648;
/** Features whose importance is kept. */
const TOP_FEATURES = 20;

type Trained = { readonly model: Parameters<typeof exportOnnx>[0]; readonly weights: Float64Array };

/**
 * Trains logistic regression or boosted trees, and learns calibration and threshold on validation.
 * @throws {MinotaurError} where the files do not belong together, or nothing can be learned from them; model and artefact stay
 * as they were
 */
export async function train(options: TrainOptions): Promise<TrainReport> {
  const started = beginRun(options);
  // Said before an hour of training, not after it.
  await loadOnnxRuntime({ where: 'train', what: 'predicts the validation rows by the new model' });
  const { model: settings } = (await resolveConfig(options.config)).config;
  const rows = await openFittedRows(options.rows, options.artefact);
  const { artefact, parts } = rows;
  const targets = await readOwnTargets(artefact, rows, options);
  const whole = wholeSequences(artefact.sequence, rows);
  const names = sequenceNames(transformOf(artefact).columns, artefact.sequence.length);
  const endsOf = (split: 'train' | 'validation'): EndTargets => {
    const ends = rowsOfSplit(targets, split, whole);
    requireRoom(ends.length, names.length);
    if (ends.length === 0) fail('input', options.splits, `labelled ${split} rows with a whole sequence`, 'none');
    return { ends, y: Float64Array.from(ends, (end) => targets.label[end]) };
  };
  const load = async (split: 'train' | 'validation', { ends, y }: EndTargets): Promise<Labelled> => {
    const step = { step: `read ${split} rows`, unit: 'columns', total: artefact.learned.length };
    const columns = await featureColumns(rows, ends, createCourse(options, step));
    return { x: { rows: ends.length, width: names.length, columns }, y };
  };
  const ends = { train: endsOf('train'), validation: endsOf('validation') };
  const { model, weights } =
    settings.kind === 'trees'
      ? await trainTreesOf(settings, rows, ends, options)
      : trainLogisticOf(settings, await load('train', ends.train), options);
  // Read behind the training, whose memory is free then.
  const validation = await load('validation', ends.validation);
  // Nothing takes its place before everything is learned: a model that cannot be calibrated leaves what was there.
  const { draft, expect } = await draftOf(model, artefact, names, validation, options.out);
  try {
    const probabilities = await predictAll(draft.path, expect, validation, options);
    const learned = learnDecision(settings, artefact.label, probabilities, validation.y);
    const importances = importancesOf(settings, names, weights);
    const decision: Decision = { model: modelDigest(draft.path), ...learned, importances };
    // The artefact first: a crash between the two leaves a model that it refuses, not one that is served uncalibrated.
    writeArtefact(options.artefact, decide(artefact, decision));
    draft.commit();
    const counts = {
      train: countBySymbol(parts, ends.train.ends),
      validation: countBySymbol(parts, ends.validation.ends),
    };
    return {
      out: options.out,
      kind: settings.kind,
      rows: { train: ends.train.y.length, validation: ends.validation.y.length },
      symbols: bySymbol(parts, ({ symbol }) => {
        return { train: counts.train[symbol], validation: counts.validation[symbol] };
      }),
      columns: names.length,
      threshold: learned.threshold,
      importances: importances.top,
      seconds: secondsSince(started),
      peakRssBytes: peakRssBytes(),
    };
  } finally {
    draft.abort();
  }
}

/** `ema_10_lag_2`... would be a feature's name; `t-2 ema_10` is a place in the sequence. */
function sequenceNames(columns: readonly string[], length: number): string[] {
  if (length === 1) return [...columns];
  return Array.from({ length }, (_, l) => columns.map((name) => `t-${length - 1 - l} ${name}`)).flat();
}

function requireRoom(rows: number, columns: number): void {
  if (rows * columns <= MATRIX_VALUES) return;
  fail(
    'input',
    'train',
    'rows times columns of at most 2^31: logistic regression and trees see a sequence as columns side by side; take sequence.length: 1, fewer columns, or a model from `export`',
    `${rows} rows of ${columns} columns`,
  );
}

async function trainTreesOf(
  settings: Extract<ModelConfig, { kind: 'trees' }>,
  rows: FittedRows,
  { train: training, validation }: Readonly<Record<'train' | 'validation', EndTargets>>,
  run: RunOptions,
): Promise<Trained> {
  const model = await trainTreesOnRows(settings, rows, training, validation, run);
  return { model, weights: gainImportance(model) };
}

function trainLogisticOf(
  { l2 }: Extract<ModelConfig, { kind: 'logistic' }>,
  training: Labelled,
  run: RunOptions,
): Trained {
  const course = createCourse(run, { step: 'train', unit: 'models', total: 1 });
  const model = trainLogistic(training, { l2 });
  course.tell(1);
  return { model, weights: Float64Array.from(model.weights, Math.abs) };
}

/** The model under a hidden name and, beside it, the rows that it is checked by whenever it is opened. */
async function draftOf(
  model: Trained['model'],
  { schemaId, digest: artefactDigest, sequence: { length } }: Artefact,
  names: readonly string[],
  { x }: Labelled,
  out: string,
): Promise<{ readonly draft: ModelDraft; readonly expect: ModelExpectation }> {
  const identity = { schemaId, artefactDigest, engineVersion: ENGINE_VERSION, featureDigest: featureDigest(names) };
  const draft = draftModel(out, exportOnnx(model, identity, length));
  try {
    const expect = { schemaId, artefactDigest, width: names.length / length, length };
    const golden = Array.from({ length: Math.min(GOLDEN_ROWS, x.rows) }, (_, i) => rowOf(x, i));
    draft.addSidecar(await makeSidecar(draft.path, expect, golden));
    return { draft, expect };
  } catch (error) {
    draft.abort();
    throw error;
  }
}

/** Rows between two looks at whether the run goes on. */
const ROWS_A_BLOCK = 1024;

/** Through the port: what is calibrated has to be what will be predicted. */
async function predictAll(
  path: string,
  expect: ModelExpectation,
  { x }: Labelled,
  run: RunOptions,
): Promise<Float64Array> {
  const model = await openModel({ path, expect });
  try {
    const course = createCourse(run, { step: 'validate', unit: 'rows', total: x.rows });
    const found = new Float64Array(x.rows);
    for (let start = 0; start < x.rows; start += ROWS_A_BLOCK) {
      const end = Math.min(x.rows, start + ROWS_A_BLOCK);
      for (let r = start; r < end; r++) found[r] = await model.predict(rowOf(x, r));
      await course.add(end - start);
    }
    return found;
  } finally {
    await model.close();
  }
}

function importancesOf(
  { kind }: ModelConfig,
  names: readonly string[],
  weights: Float64Array,
): Decision['importances'] {
  const used = names.map((feature, i) => ({ feature, value: weights[i] })).filter(({ value }) => value > 0);
  const ranked = used.sort((a, b) => b.value - a.value || (a.feature < b.feature ? -1 : 1));
  return { unit: kind === 'trees' ? 'gain' : '|coefficient|', top: ranked.slice(0, TOP_FEATURES) };
}
