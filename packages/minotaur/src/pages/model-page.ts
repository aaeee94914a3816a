/** The page of `evaluate`: how good a model's probabilities are, split by split. */
import { cutsOf, measure, reliability } from 'minotaur-core/internal/model/metrics';
import { renderModelPage, type Histogram, type Importance, type MeasuredSplit } from '#view';
import type { EvaluatedSplit } from '../runs/learning/evaluate.ts';

export interface ModelFacts {
  readonly model: string;
  readonly lead: string;
  readonly threshold: number;
  readonly splits: readonly ScoredSplit[];
  /** What the importances are: `gain`, `|coefficient|`. */
  readonly importanceUnit: string;
  readonly importances: readonly Importance[];
}

/** What is drawn of a split. */
type ScoredSplit = Pick<EvaluatedSplit, 'name' | 'probabilities' | 'labels'>;

/** More points than a plot has pixels say nothing. */
const PLOT_POINTS = 400;
const HISTOGRAM_BINS = 25;
const TOP_FEATURES = 20;

/** One HTML file: figures and curves of every split, and what the model leans on. */
export function modelPage({ model, lead, threshold, splits, importanceUnit, importances }: ModelFacts): string {
  const last = splits[splits.length - 1];
  return renderModelPage({
    title: `Minotaur: ${model}`,
    lead,
    threshold,
    splits: splits.map((split) => measuredSplit(split, threshold)),
    scores: { split: last.name, classes: [0, 1].map((label) => scoresOfClass(last, label)) },
    importanceUnit,
    importances: importances.toSorted((a, b) => b.value - a.value).slice(0, TOP_FEATURES),
  });
}

function measuredSplit({ name, probabilities, labels }: ScoredSplit, threshold: number): MeasuredSplit {
  return {
    name,
    metrics: measure(probabilities, labels, threshold),
    ...curvesOf(probabilities, labels),
    reliability: reliability(probabilities, labels).map((bin) => [bin.meanProbability, bin.observed] as const),
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
function scoresOfClass({ probabilities, labels }: ScoredSplit, label: number): Histogram {
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  let rows = 0;
  probabilities.forEach((p, i) => {
    if (labels[i] !== label) return;
    rows++;
    counts[Math.min(HISTOGRAM_BINS - 1, Math.floor(p * HISTOGRAM_BINS))]++;
  });
  return { name: `label ${label}`, heights: counts.map((n) => (rows > 0 ? n / rows : 0)) };
}
