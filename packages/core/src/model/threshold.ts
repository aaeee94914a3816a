/** The probability from which a trade is taken, learned on validation. */
import { fail } from '../base/errors.ts';
import { cutsOf } from './evaluation/metrics.ts';

/** The threshold of a model for which none was learned. */
export const DEFAULT_THRESHOLD = 0.5;

/** A threshold, and what it is best by. */
export interface Threshold {
  /** What it was chosen by: F1, or the expected value at the label's reward and risk. */
  readonly by: 'f1' | 'value';
  /** Probabilities at or above it are called positive. */
  readonly value: number;
  /** F1 on validation, or the mean value of a validation row. */
  readonly score: number;
}

/** Of equal scores the highest threshold: the fewest trades. */
function best(
  by: Threshold['by'],
  probabilities: Float64Array,
  labels: Float64Array,
  scoreOf: (truePositives: number, falsePositives: number, positives: number) => number,
): Threshold {
  const cuts = cutsOf(probabilities, labels);
  const positives = cuts[cuts.length - 1].truePositives;
  if (positives === 0) fail('input', 'threshold on validation', 'a positive label', 'none');
  let found: Threshold | null = null;
  for (const { score: value, truePositives, falsePositives } of cuts) {
    const score = scoreOf(truePositives, falsePositives, positives);
    if (found === null || score > found.score) found = { by, value, score };
  }
  return found!;
}

/** The threshold with the greatest F1 = 2 TP / (2 TP + FP + FN). */
export function bestF1(probabilities: Float64Array, labels: Float64Array): Threshold {
  return best('f1', probabilities, labels, (hits, misses, positives) => (2 * hits) / (hits + misses + positives));
}

/**
 * The threshold with the greatest expected value where a hit earns `reward` and a miss costs `risk`, both above 0 and in
 * the label's unit. Where no threshold earns: 2, which no probability reaches, with score 0.
 */
export function bestValue(probabilities: Float64Array, labels: Float64Array, reward: number, risk: number): Threshold {
  if (!(reward > 0 && risk > 0)) {
    fail('config', 'threshold by value', 'reward and risk above 0', `reward ${reward}, risk ${risk}`);
  }
  const rows = labels.length;
  const found = best('value', probabilities, labels, (hits, misses) => (hits * reward - misses * risk) / rows);
  return found.score > 0 ? found : { by: 'value', value: 2, score: 0 };
}
