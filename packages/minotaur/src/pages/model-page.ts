/** The page of `evaluate`: how good a model's probabilities are, split by split, and how much that is worth. */
import { cutsOf } from 'minotaur-core/internal/model/evaluation/metrics';
import { tradesOf } from 'minotaur-core/internal/model/evaluation/evidence';
import { equityOf } from 'minotaur-core/internal/model/evaluation/trading';
import { renderModelPage, type BannerProps, type Histogram, type MeasuredSplit, type Series } from '#view';
import type { AroundModel } from '../runs/learning/around-model.ts';
import type { EvaluatedSplit, EvaluateReport, Evaluation } from '../runs/learning/evaluate.ts';
import { NOT_IN_RETURNS } from '../runs/learning/warnings.ts';

export interface ModelFacts {
  readonly model: string;
  readonly lead: string;
  readonly evaluation: Omit<Evaluation, 'artefact' | 'warnings'>;
  /** What was measured of it. */
  readonly report: Pick<EvaluateReport, 'splits' | 'verdict' | 'loss' | 'warnings'>;
  /** What else is known of the model. */
  readonly around: AroundModel;
}

/** More points than a plot has pixels say nothing. */
const PLOT_POINTS = 400;
const HISTOGRAM_BINS = 25;
const TOP_FEATURES = 20;

/** One HTML file: verdict, figures and curves of every split, what trades would have gained, and what the model leans on. */
export function modelPage({ model, lead, evaluation, report, around }: ModelFacts): string {
  const { threshold, costs, splits, importances, folds, fold } = evaluation;
  const clock = clockOf(splits.filter((_, k) => report.splits[k].evidence !== undefined));
  const last = splits[splits.length - 1];
  return renderModelPage({
    title: `Minotaur: ${model}`,
    lead,
    banner: verdictBanner(report),
    warnings: report.warnings,
    threshold,
    splits: splits.map((split, k) => measuredSplit(split, report.splits[k], evaluation, clock)),
    trading: { costs, unit: clock.unit, note: NOT_IN_RETURNS },
    scores: { split: last.name, classes: [0, 1].map((label) => scoresOfClass(last, label)) },
    importanceUnit: importances.unit,
    importances: importances.top.toSorted((a, b) => b.value - a.value).slice(0, TOP_FEATURES),
    folds: folds.map((stretches, k) => ({ chosen: k === fold, stretches })),
    curve: around.curve,
    trials: around.trials,
    losses: around.losses && { ...around.losses, features: around.losses.features.slice(0, TOP_FEATURES) },
  });
}

/** What can be said of the test rows, as a page says it first. */
export function verdictBanner({ verdict, loss }: Pick<EvaluateReport, 'verdict' | 'loss'>): BannerProps {
  if (verdict === undefined) return { kind: 'neutral', word: 'Cannot be told', text: 'The test rows have no score.' };
  const { kind, because } = verdict;
  const kinds = { 'learned something': 'good', 'too good to be true': 'bad' } as const;
  return {
    kind: loss === undefined ? (kinds[kind as keyof typeof kinds] ?? 'neutral') : 'neutral',
    word: kind[0].toUpperCase() + kind.slice(1),
    text: `ROC AUC of the test rows: ${because}${loss === undefined ? '' : `; ${loss}`}.`,
  };
}

/** Where time begins in a plot, and what it is counted in. */
interface PlotClock {
  readonly start: number;
  readonly unit: string;
  /** Microseconds of one. */
  readonly length: number;
}

const UNITS: readonly (readonly [unit: string, length: number])[] = [
  ['days', 86_400_000_000],
  ['hours', 3_600_000_000],
  ['minutes', 60_000_000],
];

/** From the first row on, in the largest unit of which there are two. */
function clockOf(splits: readonly EvaluatedSplit[]): PlotClock {
  const start = Math.min(...splits.map(({ time }) => time[0]));
  const end = Math.max(...splits.map(({ time }) => time[time.length - 1]));
  const [unit, length] = UNITS.find(([, each]) => end - start >= 2 * each) ?? UNITS[UNITS.length - 1];
  return { start, unit, length };
}

function measuredSplit(
  split: EvaluatedSplit,
  { independent, evidence, ...metrics }: EvaluateReport['splits'][number],
  { threshold, costs }: Pick<Evaluation, 'threshold' | 'costs'>,
  { start, length }: PlotClock,
): MeasuredSplit {
  const { name, probabilities, labels } = split;
  const { taken, late } = tradesOf(split, threshold);
  const equity = (rows: Int32Array, paid: number): Series['points'] => {
    if (evidence === undefined) return [];
    return thin(equityOf(split, rows, paid)).map(({ time, value }) => [(time - start) / length, 100 * value] as const);
  };
  return {
    name,
    metrics,
    independent,
    evidence,
    ...curvesOf(probabilities, labels),
    equity: { gross: equity(taken, 0), net: equity(taken, costs), late: equity(late, costs) },
  };
}

/** ROC and precision-recall points of a split; empty where it has one class. */
function curvesOf(probabilities: Float64Array, labels: Float64Array): Pick<MeasuredSplit, 'roc' | 'precisionRecall'> {
  const cuts = cutsOf(probabilities, labels);
  const { truePositives: positives, falsePositives: negatives } = cuts[cuts.length - 1];
  if (positives === 0 || negatives === 0) return { roc: [], precisionRecall: [] };
  const points = thin(cuts);
  return {
    roc: [[0, 0], ...points.map((c) => [c.falsePositives / negatives, c.truePositives / positives] as const)],
    precisionRecall: points.map(
      (c) => [c.truePositives / positives, c.truePositives / (c.truePositives + c.falsePositives)] as const,
    ),
  };
}

function thin<T>(points: readonly T[]): T[] {
  const step = Math.max(1, Math.ceil(points.length / PLOT_POINTS));
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

/** Shares of a class's rows by probability. */
function scoresOfClass({ probabilities, labels }: EvaluatedSplit, label: number): Histogram {
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  let rows = 0;
  probabilities.forEach((p, i) => {
    if (labels[i] !== label) return;
    rows++;
    counts[Math.min(HISTOGRAM_BINS - 1, Math.floor(p * HISTOGRAM_BINS))]++;
  });
  return { name: `label ${label}`, heights: counts.map((n) => (rows > 0 ? n / rows : 0)) };
}
