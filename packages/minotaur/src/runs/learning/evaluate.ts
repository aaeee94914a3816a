/** `evaluate`: how good predictions are, split by split, and how much that is worth. */
import { type Kind, numericWhere, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { UNKNOWN_IMPORTANCES, type Importances } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { evidenceOf, type Evidence, type EvidenceRows } from 'minotaur-core/internal/model/evaluation/evidence';
import { independenceOf, type Independence } from 'minotaur-core/internal/model/evaluation/independent';
import { measure, type Metrics } from 'minotaur-core/internal/model/evaluation/metrics';
import { DEFAULT_THRESHOLD } from 'minotaur-core/internal/model/threshold';
import type { Verdict } from 'minotaur-core/internal/model/evaluation/verdict';
import { inOrderOfTime, partsOf } from 'minotaur-core/internal/splits/parts';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { readArtefact } from '../../store/artefact.ts';
import { beginRun, createCourse, type RunOptions, RUN } from '../course/options.ts';
import { readStretches, type FoldStretch } from './fold-stretches.ts';
import { readPredicted, type PredictedRows } from './predicted-rows.ts';
import { countBySymbol, readOwnTargets, type Targets } from './targets.ts';
import { describeLoss, describeOneClass, describePriceLevels, ENTRY_AT_THE_CLOSE } from './warnings.ts';

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
  /** Of a round trip, entry and exit together, as a fraction of the entry price: 0.0008. 0 where absent, which no venue charges. */
  readonly costs?: number | undefined;
}

/** Of a round trip. */
export const COSTS: Kind<number> = numericWhere(
  'a fraction of the price from 0 to 1, such as 0.0008',
  (value) => value >= 0 && value < 1,
);
const EVALUATE = optionsOf<EvaluateOptions>(
  { predictions: textual, labels: textual, splits: textual, artefact: textual },
  { ...RUN, fold: whole, costs: COSTS },
);

/** What `evaluate` found. */
export interface EvaluateReport {
  /** From which calibrated probability on a prediction is called positive. */
  readonly threshold: number;
  /** Of a round trip, as a fraction of the entry price. */
  readonly costs: number;
  /** Train, validation and test, where they have labels of both classes. */
  readonly splits: readonly MeasuredSplit[];
  /** What can be said of the test rows, which nothing was chosen by; absent where they have no score. */
  readonly verdict?: Verdict;
  /** Where something was learned and trades from the threshold on lose on test rows all the same: that, in words. */
  readonly loss?: string;
  /** What casts doubt on all of it. */
  readonly warnings: readonly string[];
}

/** The figures of a split. */
export interface MeasuredSplit extends Metrics {
  /** `train`, `validation` or `test`. */
  readonly name: string;
  /** Rows of each instrument. */
  readonly symbols: Readonly<Record<string, number>>;
  /** On how many labels its scores rest. */
  readonly independent: Independence;
  /** How much the scores are worth; absent of training rows, whose scores are none. */
  readonly evidence?: Evidence;
}

/** The rows of a split that have a prediction and a label, in order of time over all instruments. */
export interface EvaluatedSplit extends EvidenceRows {
  /** `train`, `validation` or `test`. */
  readonly name: string;
  /** Rows of each instrument. */
  readonly symbols: Readonly<Record<string, number>>;
}

/** What is evaluated: every row, for a page to draw. */
export interface Evaluation {
  /** Digest of the artefact. */
  readonly artefact: string;
  /** From which calibrated probability on a prediction is called positive. */
  readonly threshold: number;
  /** Of a round trip, as a fraction of the entry price. */
  readonly costs: number;
  /** Those that have labels of both classes. */
  readonly splits: readonly EvaluatedSplit[];
  /** What the model leans on most. */
  readonly importances: Importances;
  /** Which rows every fold of the splits learns from and is judged by. */
  readonly folds: readonly (readonly FoldStretch[])[];
  /** Which of them is evaluated. */
  readonly fold: number;
  /** What casts doubt on all of it. */
  readonly warnings: readonly string[];
}

/**
 * How good predictions are, split by split, and how much that is worth.
 * @throws {MinotaurError} where the files do not belong together, or no split has labels of both classes
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateReport> {
  requireKind('evaluate', EVALUATE, options);
  return measureEvaluation(await readEvaluation(options));
}

/**
 * The predictions and labels that {@link evaluate} measures.
 * @throws {MinotaurError} as {@link evaluate}
 */
export async function readEvaluation(options: EvaluateOptions): Promise<Evaluation> {
  requireKind('readEvaluation', EVALUATE, options);
  beginRun(options);
  const { costs = 0 } = options;
  const artefact = readArtefact(options.artefact);
  const course = createCourse(options, { step: 'evaluate', unit: 'splits', total: 3 });
  const predicted = await readPredicted(artefact, options);
  const targets = await readOwnTargets(artefact, predicted, options);
  const splits: EvaluatedSplit[] = [];
  const oneClass: string[] = [];
  for (const name of ['train', 'validation', 'test'] as const) {
    const split = evaluatedSplit(name, predicted, targets);
    if (split.labels.includes(0) && split.labels.includes(1)) splits.push(split);
    else oneClass.push(describeOneClass(name, split.labels));
    await course.add(1);
  }
  if (splits.length === 0)
    fail('input', options.predictions, 'predicted rows with labels of both classes', oneClass.join('; '));
  const { threshold, importances } = artefact.decision ?? {};
  const { priceLevels, label } = artefact;
  return {
    artefact: artefact.digest,
    threshold: threshold?.value ?? DEFAULT_THRESHOLD,
    costs,
    splits,
    importances: importances ?? UNKNOWN_IMPORTANCES,
    folds: await readStretches(options.splits, artefact, predicted),
    fold: options.fold ?? 0,
    warnings: [
      ...oneClass,
      ...(priceLevels.length > 0 ? [describePriceLevels(priceLevels)] : []),
      ...(label.delay === 0 ? [ENTRY_AT_THE_CLOSE] : []),
    ],
  };
}

/** The rows of a split that have a label and a prediction. */
function evaluatedSplit(
  name: 'train' | 'validation' | 'test',
  predicted: PredictedRows,
  targets: Targets,
): EvaluatedSplit {
  const { parts, calibrated, probability, time } = predicted;
  const { codes, label } = targets;
  const code = SPLITS.indexOf(name);
  const rows = inOrderOfTime(time, parts).filter(
    (i) => codes[i] === code && label[i] === label[i] && calibrated[i] === calibrated[i],
  );
  const place = new Int32Array(time.length).fill(-1);
  rows.forEach((row, k) => (place[row] = k));
  const instrument = partsOf(rows, parts);
  // The row behind the last of an instrument is another's.
  const next = (row: number, k: number): number => (row + 1 < parts[instrument[k]].to ? place[row + 1] : -1);
  const column = (values: Float64Array): Float64Array => Float64Array.from(rows, (i) => values[i]);
  return {
    name,
    symbols: countBySymbol(parts, rows),
    time: column(time),
    entryTime: column(targets.entryTime),
    entryPrice: column(targets.entryPrice),
    labelTime: column(targets.labelTime),
    gain: column(targets.gain),
    instrument,
    next: Int32Array.from(rows, next),
    probabilities: column(calibrated),
    raw: column(probability),
    labels: column(label),
  };
}

/** The figures of every split, and what they are worth. Takes some seconds a split where there are many rows. */
export function measureEvaluation({ threshold, costs, splits, warnings }: Evaluation): EvaluateReport {
  const measured = splits.map((split): MeasuredSplit => {
    const { name, symbols, probabilities, labels } = split;
    const figures = { name, symbols, ...measure(probabilities, labels, threshold) };
    if (name === 'train') return { ...figures, independent: independenceOf(split) };
    const { independent, ...evidence } = evidenceOf(split, { threshold, costs });
    return { ...figures, independent, evidence };
  });
  const tooGood = measured.filter(
    ({ name, evidence }) => name !== 'test' && evidence?.verdict.kind === 'too good to be true',
  );
  const test = measured.find(({ name }) => name === 'test')?.evidence;
  const loss = test && describeLoss(test, costs);
  return {
    threshold,
    costs,
    splits: measured,
    ...(test && { verdict: test.verdict }),
    ...(loss !== undefined && { loss }),
    warnings: [...tooGood.map(({ name, evidence }) => `${name}: ${evidence?.verdict.text}`), ...warnings],
  };
}
