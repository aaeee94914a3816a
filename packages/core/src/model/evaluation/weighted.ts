/** Metrics of rows of which each counts so many times, without sorting again: what a resampled set of rows is. */
import { descending, logLossOf } from './metrics.ts';

/** Rows of one split that a model is judged by, in order of time over all instruments. */
export interface JudgedRows {
  /** Of label 1, calibrated. */
  readonly probabilities: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
  /** From which probability on a row is called positive. */
  readonly threshold: number;
  /** What the position of each row gained until its label became known, as a fraction of the entry price. */
  readonly gain: Float64Array;
  /** Rows whose positions are taken. */
  readonly taken: Int32Array;
  /** Rows whose positions are taken by who acts a row late. */
  readonly late: Int32Array;
}

/** Figures that intervals are made of. */
export const FIGURES = [
  'rocAuc',
  'prAuc',
  'brier',
  'logLoss',
  'precision',
  'recall',
  'f1',
  'gross',
  'grossLate',
] as const;
/** One of them. */
export type Figure = (typeof FIGURES)[number];

/** Writes the figures, in the order of {@link FIGURES}, of rows that count `counts[i]` times. */
export type Weighted = (counts: Uint32Array, out: Float64Array) => void;

/** Sorts once; then every set of counts takes one pass. NaN where a figure is not defined. */
export function createWeighted({ probabilities, labels, threshold, gain, taken, late }: JudgedRows): Weighted {
  const order = descending(probabilities);
  const rows = order.length;
  const label = Uint8Array.from(order, (row) => labels[row]);
  /** 1 where the next one scores less. */
  const last = Uint8Array.from(order, (row, k) => Number(probabilities[order[k + 1]] !== probabilities[row]));
  const called = Uint8Array.from(order, (row) => Number(probabilities[row] >= threshold));
  const squared = Float64Array.from(
    order,
    (row) => (probabilities[row] - labels[row]) * (probabilities[row] - labels[row]),
  );
  const logLoss = Float64Array.from(order, (row) => logLossOf(probabilities[row], labels[row]));
  return (counts, out) => {
    let [positives, negatives, twice, precisions] = [0, 0, 0, 0];
    let [positivesBefore, negativesBefore] = [0, 0];
    let [hits, calls, brier, loss] = [0, 0, 0, 0];
    for (let k = 0; k < rows; k++) {
      const count = counts[order[k]];
      if (label[k] === 1) positives += count;
      else negatives += count;
      brier += count * squared[k];
      loss += count * logLoss[k];
      if (called[k] === 1) {
        calls += count;
        hits += count * label[k];
      }
      if (last[k] === 0) continue;
      twice += (negatives - negativesBefore) * (positives + positivesBefore);
      if (positives > positivesBefore)
        precisions += ((positives - positivesBefore) * positives) / (positives + negatives);
      positivesBefore = positives;
      negativesBefore = negatives;
    }
    const all = positives + negatives;
    out[0] = positives > 0 && negatives > 0 ? twice / 2 / (positives * negatives) : NaN;
    out[1] = positives > 0 ? precisions / positives : NaN;
    out[2] = brier / all;
    out[3] = loss / all;
    out[4] = calls > 0 ? hits / calls : NaN;
    out[5] = positives > 0 ? hits / positives : NaN;
    out[6] = calls + positives > 0 ? (2 * hits) / (calls + positives) : NaN;
    out[7] = meanOf(counts, taken, gain);
    out[8] = meanOf(counts, late, gain);
  };
}

/** Mean gain of the rows that were taken. */
function meanOf(counts: Uint32Array, taken: Int32Array, gain: Float64Array): number {
  let trades = 0;
  let sum = 0;
  for (const row of taken) {
    trades += counts[row];
    sum += counts[row] * gain[row];
  }
  return trades > 0 ? sum / trades : NaN;
}
