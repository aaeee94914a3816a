/** `evaluate`: how good predictions are, split by split. */
import { UNKNOWN_IMPORTANCES, type Importances } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { measure, type Metrics } from 'minotaur-core/internal/model/metrics';
import { scoresOf } from 'minotaur-core/internal/model/scores';
import { DEFAULT_THRESHOLD } from 'minotaur-core/internal/model/threshold';
import { readArtefact } from '../../store/artefact.ts';
import { beginRun, createCourse, type RunOptions } from '../course/options.ts';
import { countScored, readPredicted } from './predicted-rows.ts';
import { readOwnTargets } from './targets.ts';

/** What `evaluate` takes. */
export interface EvaluateOptions extends RunOptions {
  /** What predict wrote: a file, or of several instruments a directory with one of each. */
  readonly predictions: string;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** What split wrote. */
  readonly splits: string;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** What fit and train wrote. */
  readonly artefact: string;
}

/** What `evaluate` found. */
export interface EvaluateReport {
  /** From which calibrated probability on a prediction is called positive. */
  readonly threshold: number;
  /** Train, validation and test, where they have labels of both classes. */
  readonly splits: readonly MeasuredSplit[];
}

/** The figures of a split. */
export interface MeasuredSplit extends Metrics {
  /** `train`, `validation` or `test`. */
  readonly name: string;
  /** Rows of each instrument. */
  readonly symbols: Readonly<Record<string, number>>;
}

/** The rows of a split that have a prediction and a label. */
export interface EvaluatedSplit {
  /** `train`, `validation` or `test`. */
  readonly name: string;
  /** Calibrated. */
  readonly probabilities: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
  /** Rows of each instrument. */
  readonly symbols: Readonly<Record<string, number>>;
}

/** What is evaluated: every row, for a page to draw. */
export interface Evaluation {
  /** Digest of the artefact. */
  readonly artefact: string;
  /** From which calibrated probability on a prediction is called positive. */
  readonly threshold: number;
  /** Those that have labels of both classes. */
  readonly splits: readonly EvaluatedSplit[];
  /** What the model leans on most. */
  readonly importances: Importances;
}

/**
 * How good predictions are, split by split.
 * @throws {MinotaurError} where the files do not belong together, or no split has labels of both classes
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateReport> {
  return measureEvaluation(await readEvaluation(options));
}

/**
 * The predictions and labels that {@link evaluate} measures.
 * @throws {MinotaurError} as {@link evaluate}
 */
export async function readEvaluation(options: EvaluateOptions): Promise<Evaluation> {
  beginRun(options);
  const artefact = readArtefact(options.artefact);
  const course = createCourse(options, { step: 'evaluate', unit: 'splits', total: 3 });
  const predicted = await readPredicted(artefact, options);
  const { calibrated } = predicted;
  const { label, codes } = await readOwnTargets(artefact, predicted, options);
  const splits: EvaluatedSplit[] = [];
  for (const name of ['train', 'validation', 'test'] as const) {
    const { scores, labels } = scoresOf(name, codes, label, calibrated);
    const symbols = countScored(predicted.parts, name, { codes, label, score: calibrated });
    if (labels.includes(0) && labels.includes(1)) splits.push({ name, probabilities: scores, labels, symbols });
    await course.add(1);
  }
  if (splits.length === 0) fail('input', options.predictions, 'predicted rows with labels of both classes', 'none');
  const { threshold, importances } = artefact.decision ?? {};
  return {
    artefact: artefact.digest,
    threshold: threshold?.value ?? DEFAULT_THRESHOLD,
    splits,
    importances: importances ?? UNKNOWN_IMPORTANCES,
  };
}

/** The figures of every split. */
export function measureEvaluation({ threshold, splits }: Evaluation): EvaluateReport {
  const measured = splits.map(({ name, probabilities, labels, symbols }) => ({
    name,
    symbols,
    ...measure(probabilities, labels, threshold),
  }));
  return { threshold, splits: measured };
}
