/** `train`: a first model from labelled rows, as ONNX, with what is learned on validation kept in the artefact. */
import { choice, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import type { Importance } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { transformOf } from 'minotaur-core/internal/live/predictor';
import { uniquenessWeights } from 'minotaur-core/internal/model/evaluation/independent';
import { isNetwork, type ModelConfig } from 'minotaur-core/internal/model/section';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { NETWORK } from './train-network.ts';
import { MODEL_KINDS } from './kinds.ts';
import { sidecarPath } from '../../store/sidecar.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { loadOnnxRuntime } from '../../runtime/onnx-runtime.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { bySymbol, wholeSequences, type RowsArgument, rowsArgument } from '../../store/pool.ts';
import { beginRun, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { openFittedRows } from './fitted-rows.ts';
import { moduleDigest, modelSettings } from './model-settings.ts';
import { countBySymbol, readOwnTargets, rowsOfSplit, type Targets } from './targets.ts';
import { trainTable } from './train-tables.ts';
import {
  removeCheckpoints,
  requireNoCheckpoint,
  trainNetwork,
  type NetworkOptions,
  type TrainedNetwork,
  type TrainingReport,
} from './train-network.ts';
import { removeCurve, writeCurve } from './curve-file.ts';
import { identityOf, sequenceNames, settleModel, type LearningRows, type TrainedModel } from './trained-model.ts';

/** What `train` takes. */
export interface TrainOptions extends RunOptions, NetworkOptions {
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
  /** Trains a model of this kind in place of the section's: its defaults, with seed, calibration and threshold of the section. */
  readonly model?: ModelConfig['kind'] | undefined;
  /** In place of the section's. */
  readonly seed?: number | undefined;
  /** The model, .onnx. */
  readonly out: string;
}

const TRAIN = optionsOf<TrainOptions>(
  { rows: rowsArgument, labels: textual, splits: textual, artefact: textual, config: configArgument, out: textual },
  { ...RUN, ...NETWORK, fold: whole, model: choice(MODEL_KINDS), seed: whole },
);

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
  /** Rows that a prediction looks at: so many parts the values have. */
  readonly length: number;
  /** From which calibrated probability on the signal is 1; chosen on validation, whose scores flatter: `evaluate` has them. */
  readonly threshold: Threshold;
  /** The features that the model leans on most, the greatest first. */
  readonly importances: readonly Importance[];
  /** How it was trained; absent for logistic regression and trees. */
  readonly training?: TrainingReport;
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/**
 * Trains the model of the section, and learns calibration and threshold on validation.
 * @throws {MinotaurError} where the files do not belong together, or nothing can be learned from them; model and artefact stay
 * as they were
 */
export async function train(options: TrainOptions): Promise<TrainReport> {
  requireKind('train', TRAIN, options);
  const started = beginRun(options);
  for (const path of [options.out, sidecarPath(options.out)])
    requireOwnPlace(path, [options.rows, options.labels, options.splits, options.artefact], options.config);
  // Said before an hour of training, not after it.
  await loadOnnxRuntime({ where: 'train', what: 'predicts the validation rows by the new model' });
  const settings = modelSettings(await resolveConfig(options.config), options);
  if (isNetwork(settings)) requireNoCheckpoint(options.out, options.resume);
  const data = await learningRows(settings, options);
  const model: TrainedModel & Partial<TrainedNetwork> = isNetwork(settings)
    ? await trainNetwork(settings, data, { ...options, module: moduleDigest(settings, undefined) })
    : await trainTable(settings, data, options);
  const threshold = await settleModel(settings, data, model, options);
  if (model.training === undefined) removeCurve(options.out);
  else writeCurve(options.out, model.training.curve);
  if (isNetwork(settings)) removeCheckpoints(options.out, settings);
  const { parts } = data.rows;
  const counts = {
    train: countBySymbol(parts, data.ends.train),
    validation: countBySymbol(parts, data.ends.validation),
  };
  return {
    out: options.out,
    kind: settings.kind,
    rows: { train: data.ends.train.length, validation: data.ends.validation.length },
    symbols: bySymbol(parts, ({ symbol }) => {
      return { train: counts.train[symbol], validation: counts.validation[symbol] };
    }),
    columns: data.names.length,
    length: data.rows.artefact.sequence.length,
    threshold,
    importances: model.importances.top,
    ...(model.training !== undefined && { training: model.training }),
    seconds: secondsSince(started),
    peakRssBytes: peakRssBytes(),
  };
}

/** The rows to learn from, which belong together; refused where a split has none. */
async function learningRows(settings: ModelConfig, options: TrainOptions): Promise<LearningRows> {
  const rows = await openFittedRows(options.rows, options.artefact);
  const { artefact } = rows;
  const targets = await readOwnTargets(artefact, rows, options);
  const sequences = wholeSequences(artefact.sequence, rows);
  const endsOf = (split: 'train' | 'validation'): Int32Array => {
    const ends = rowsOfSplit(targets, split, sequences);
    if (ends.length === 0) fail('input', options.splits, `labelled ${split} rows with a whole sequence`, 'none');
    return ends;
  };
  const ends = { train: endsOf('train'), validation: endsOf('validation') };
  const names = sequenceNames(transformOf(artefact).columns, artefact.sequence.length);
  const weights = settings.weights === 'none' ? undefined : weightsOf(rows.time, targets, ends.train);
  return { rows, targets, ends, weights, names, identity: identityOf(rows, names) };
}

/** By how much of the life of each label is its own. */
function weightsOf(time: Float64Array, { labelTime }: Targets, ends: Int32Array): Float64Array {
  const at = (values: Float64Array): Float64Array => Float64Array.from(ends, (end) => values[end]);
  return uniquenessWeights({ time: at(time), labelTime: at(labelTime) });
}
