/** The page of `evaluate`: how good a model's probabilities are, split by split. */
import { cutsOf, measure, reliability } from 'minotaur-core/internal/model/metrics';
import type { Metrics } from 'minotaur-core/internal/model/metrics';
import { escapeHtml, page, table } from './html.ts';
import { histogramPlot, linePlot } from './plot.ts';
import type { Series } from './plot.ts';

export interface EvaluatedSplit {
  readonly name: string;
  readonly probabilities: Float64Array;
  readonly labels: Float64Array;
}

export interface Importance {
  readonly feature: string;
  /** Gain of its splits, or |coefficient|. */
  readonly value: number;
}

export interface ModelFacts {
  readonly model: string;
  readonly lead: string;
  readonly threshold: number;
  readonly splits: readonly EvaluatedSplit[];
  /** What the importances are: `gain`, `|coefficient|`. */
  readonly importanceUnit: string;
  readonly importances: readonly Importance[];
}

/** More points than a plot has pixels say nothing. */
const PLOT_POINTS = 400;
const HISTOGRAM_BINS = 25;
const TOP_FEATURES = 20;

/** Columns of equal kind: the page's own tables give words room in the third. */
const FIGURES_STYLE =
  '<style>.figures :is(th, td):nth-child(n) { min-width: 0; overflow-wrap: normal; white-space: nowrap; }</style>';

function thin<T>(points: readonly T[]): T[] {
  const step = Math.max(1, Math.ceil(points.length / PLOT_POINTS));
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

const digits = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'none');

function metricsTable(splits: readonly EvaluatedSplit[], threshold: number): string {
  const columns: readonly (readonly [string, (m: Metrics) => string])[] = [
    ['rows', (m) => `${m.rows}`],
    ['positive', (m) => `${m.positives} (${((100 * m.positives) / m.rows).toFixed(1)} %)`],
    ['ROC AUC', (m) => digits(m.rocAuc)],
    ['PR AUC', (m) => digits(m.prAuc)],
    ['Brier', (m) => digits(m.brier)],
    ['log loss', (m) => digits(m.logLoss)],
    ['precision', (m) => digits(m.precision)],
    ['recall', (m) => digits(m.recall)],
    ['F1', (m) => digits(m.f1)],
    ['called', (m) => `${m.called}`],
  ];
  const measured = splits.map(({ probabilities, labels }) => measure(probabilities, labels, threshold));
  // A row a metric, a column a split: fits a narrow screen.
  const rows = columns.map(([name, cell]) => [name, ...measured.map(cell)]);
  return `${FIGURES_STYLE}<div class="figures">${table(['', ...splits.map(({ name }) => name)], rows)}</div>`;
}

/** ROC and precision-recall points of a split; empty where it has one class. */
function curves({ probabilities, labels }: EvaluatedSplit): { roc: Series['points']; pr: Series['points'] } {
  const cuts = cutsOf(probabilities, labels);
  const { truePositives: positives, falsePositives: negatives } = cuts[cuts.length - 1];
  if (positives === 0 || negatives === 0) return { roc: [], pr: [] };
  const points = thin(cuts);
  return {
    roc: [[0, 0], ...points.map((c) => [c.falsePositives / negatives, c.truePositives / positives] as const)],
    pr: points.map(
      (c) => [c.truePositives / positives, c.truePositives / (c.truePositives + c.falsePositives)] as const,
    ),
  };
}

/** Shares of each class's rows by probability, of one split. */
function scoreHistogram({ name, probabilities, labels }: EvaluatedSplit): string {
  const series = [0, 1].map((label) => {
    const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
    let rows = 0;
    probabilities.forEach((p, i) => {
      if (labels[i] !== label) return;
      rows++;
      counts[Math.min(HISTOGRAM_BINS - 1, Math.floor(p * HISTOGRAM_BINS))]++;
    });
    return { name: `label ${label}`, heights: counts.map((count) => (rows > 0 ? count / rows : 0)) };
  });
  const highest = Math.max(...series.flatMap(({ heights }) => heights));
  const top = Math.ceil(highest * 20) / 20;
  return histogramPlot({ title: `Scores, ${name}`, x: 'probability', y: 'share of the class', top }, series);
}

function plots(splits: readonly EvaluatedSplit[]): string {
  const drawn = splits.map((split) => ({ name: split.name, ...curves(split) }));
  const calibration = splits.map(({ name, probabilities, labels }) => ({
    name,
    points: reliability(probabilities, labels).map((bin) => [bin.meanProbability, bin.observed] as const),
  }));
  const line = (title: string, x: string, y: string, series: Series[], diagonal: boolean, dots = false): string =>
    linePlot({ title, x, y, top: 1 }, series, diagonal, dots);
  const figures = [
    line(
      'ROC',
      'false positive rate',
      'true positive rate',
      drawn.map(({ name, roc }) => ({ name, points: roc })),
      true,
    ),
    line(
      'Precision and recall',
      'recall',
      'precision',
      drawn.map(({ name, pr }) => ({ name, points: pr })),
      false,
    ),
    line('Reliability', 'mean probability', 'share of label 1', calibration, true, true),
    scoreHistogram(splits[splits.length - 1]),
  ];
  const grid = 'display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:12px';
  return `<div style="${grid}">${figures.join('\n')}</div>`;
}

function importanceBars({ importances, importanceUnit }: ModelFacts): string {
  const top = importances.toSorted((a, b) => b.value - a.value).slice(0, TOP_FEATURES);
  const largest = top[0]?.value || 1;
  const bars = top.map(({ feature, value }) => {
    const share = `${((100 * value) / largest).toFixed(1)}%`;
    const bar = `<div style="background:#3b78d8;border-radius:3px;height:14px;width:${share}"></div>`;
    return `<code>${escapeHtml(feature)}</code>${bar}<span>${Number(value.toPrecision(4))}</span>`;
  });
  const grid =
    'display:grid;grid-template-columns:minmax(90px,max-content) 1fr max-content;gap:5px 12px;align-items:center';
  return `<h2>Features by ${escapeHtml(importanceUnit)}</h2><div style="${grid}">${bars.join('\n')}</div>`;
}

export function modelPage(facts: ModelFacts): string {
  const { splits, threshold } = facts;
  const note = `Precision, recall and F1 call positive what scores at or above ${Number(threshold.toPrecision(6))}.`;
  const body = [
    `<h2>Figures</h2>${metricsTable(splits, threshold)}<p class="soft">${escapeHtml(note)}</p>`,
    `<h2>Curves</h2>${plots(splits)}`,
    importanceBars(facts),
  ].join('\n');
  return page({ title: `Minotaur: ${facts.model}`, lead: facts.lead, body });
}
