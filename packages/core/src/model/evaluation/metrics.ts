/** How good probabilities are, after the definitions of scikit-learn. All sums run in the order of sorted scores. */
import { log } from '../../base/elementary/index.ts';
import { fail } from '../../base/errors.ts';

/** Counts when everything scored at or above `score` is called positive; one entry a distinct score, descending. */
export interface Cut {
  readonly score: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Refuses what no metric is defined on. */
function requireScores(scores: Float64Array, labels: Float64Array): void {
  const where = 'scores';
  if (scores.length !== labels.length) fail('input', where, `${labels.length} scores`, `${scores.length}`);
  if (scores.length === 0) fail('input', where, 'at least one', 'none');
  const at = scores.findIndex((score) => score !== score);
  if (at >= 0) fail('input', `${where}, row ${at}`, 'a number', 'NaN');
  const label = labels.findIndex((y) => y !== 0 && y !== 1);
  if (label >= 0) fail('input', `labels, row ${label}`, '0 or 1', `${labels[label]}`);
}

/** Rows by falling score, equal ones in the order in which they stand. */
export function descending(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
}

/** Cuts at every distinct score; equal scores are one cut, which is what treats ties rightly. */
export function cutsOf(scores: Float64Array, labels: Float64Array): Cut[] {
  requireScores(scores, labels);
  const order = descending(scores);
  const cuts: Cut[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((row, i) => {
    if (labels[row] === 1) truePositives++;
    else falsePositives++;
    const last = i === order.length - 1 || scores[order[i + 1]] !== scores[row];
    if (last) cuts.push({ score: scores[row], truePositives, falsePositives });
  });
  return cuts;
}

/** Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half. NaN for one class. */
export function rocAuc(scores: Float64Array, labels: Float64Array): number {
  const cuts = cutsOf(scores, labels);
  const { truePositives: positives, falsePositives: negatives } = cuts[cuts.length - 1];
  let twice = 0; // exact: whole numbers
  let before = { truePositives: 0, falsePositives: 0 };
  for (const cut of cuts) {
    twice += (cut.falsePositives - before.falsePositives) * (cut.truePositives + before.truePositives);
    before = cut;
  }
  return positives > 0 && negatives > 0 ? twice / 2 / (positives * negatives) : NaN;
}

/** Average precision: sum over cuts of (recall gained) * precision. NaN without a positive. */
export function prAuc(scores: Float64Array, labels: Float64Array): number {
  const cuts = cutsOf(scores, labels);
  const positives = cuts[cuts.length - 1].truePositives;
  let sum = 0;
  let before = 0;
  for (const { truePositives, falsePositives } of cuts) {
    sum += ((truePositives - before) * truePositives) / (truePositives + falsePositives);
    before = truePositives;
  }
  return positives > 0 ? sum / positives : NaN;
}

/** Mean squared difference of probability and label. */
function brier(probabilities: Float64Array, labels: Float64Array): number {
  requireScores(probabilities, labels);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
  return sum / labels.length;
}

/** Mean -log of the probability given to what happened; probabilities are kept 2^-52 away from 0 and 1. */
function logLoss(probabilities: Float64Array, labels: Float64Array): number {
  requireScores(probabilities, labels);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += logLossOf(probabilities[i], labels[i]);
  return sum / labels.length;
}

/** -log of the probability given to what happened, of one row. */
export function logLossOf(probability: number, label: number): number {
  const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
  return -log(label === 1 ? p : 1 - p);
}

export interface Decisions {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Called positive. */
  readonly called: number;
}

/** Precision, recall and F1 when scores at or above `threshold` are called positive; 0 where nothing is divided. */
export function decisionsAt(scores: Float64Array, labels: Float64Array, threshold: number): Decisions {
  requireScores(scores, labels);
  let called = 0;
  let hits = 0;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    positives += labels[i];
    if (scores[i] < threshold) continue;
    called++;
    hits += labels[i];
  }
  const f1 = called + positives > 0 ? (2 * hits) / (called + positives) : 0;
  return { precision: called > 0 ? hits / called : 0, recall: positives > 0 ? hits / positives : 0, f1, called };
}

export interface ReliabilityBin {
  readonly rows: number;
  readonly meanProbability: number;
  /** Share of label 1. */
  readonly observed: number;
}

/** Bins of probabilities. */
export const BINS = 10;
const EDGES = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) * (1 / BINS));

/** The bin of each: of equal width over [0, 1], as calibration_curve: a probability on an edge is in the bin below. */
export function binsOf(probabilities: Float64Array): Uint8Array {
  return Uint8Array.from(probabilities, (p) => {
    const above = EDGES.findIndex((edge) => p <= edge);
    return above < 0 ? BINS - 1 : above;
  });
}

/** What was said and what happened in each bin. Empty ones are left out. */
export function reliability(probabilities: Float64Array, labels: Float64Array): ReliabilityBin[] {
  requireScores(probabilities, labels);
  const sums = Array.from({ length: BINS }, () => ({ rows: 0, probability: 0, label: 0 }));
  const of = binsOf(probabilities);
  for (let i = 0; i < labels.length; i++) {
    const bin = sums[of[i]];
    bin.rows++;
    bin.probability += probabilities[i];
    bin.label += labels[i];
  }
  return sums
    .filter(({ rows }) => rows > 0)
    .map(({ rows, probability, label }) => ({ rows, meanProbability: probability / rows, observed: label / rows }));
}

export interface Metrics extends Decisions {
  readonly rows: number;
  readonly positives: number;
  readonly rocAuc: number;
  readonly prAuc: number;
  readonly brier: number;
  readonly logLoss: number;
}

/** Every figure of one split. */
export function measure(probabilities: Float64Array, labels: Float64Array, threshold: number): Metrics {
  return {
    rows: labels.length,
    positives: labels.reduce((a, b) => a + b, 0),
    rocAuc: rocAuc(probabilities, labels),
    prAuc: prAuc(probabilities, labels),
    brier: brier(probabilities, labels),
    logLoss: logLoss(probabilities, labels),
    ...decisionsAt(probabilities, labels, threshold),
  };
}
