/**
 * What a model reaches by chance: its scores against labels of another time. Labels are shifted along the rows, in a circle, by at
 * least a block, so that they keep their share of each class and how much neighbours are alike, and lose what the scores knew.
 */
import type { Uniform } from '../../base/random.ts';
import { quantileOf } from '../../numeric/quantile.ts';
import { descending } from './metrics.ts';

/** ROC AUC by chance. */
export interface Chance {
  /** 95 % of the shifts are below it. NaN where the rows are too few to shift. */
  readonly reaches: number;
  /** Share of shifts that are no worse than the model: (1 + those) / (1 + shifts). */
  readonly p: number;
  /** Shifts that were tried. */
  readonly shifts: number;
}

/** Of the rows in order of time; time: shifts times positive rows. */
export function chanceOf(
  { probabilities, labels }: { readonly probabilities: Float64Array; readonly labels: Float64Array },
  { block, shifts, random }: { readonly block: number; readonly shifts: number; readonly random: Uniform },
): Chance {
  const rows = labels.length;
  const offsets = offsetsOf(rows, block, shifts, random);
  if (offsets.length === 0) return { reaches: NaN, p: NaN, shifts: 0 };
  const ranks = midRanks(probabilities);
  const positive = Int32Array.from(labels.keys()).filter((i) => labels[i] === 1);
  const { length } = positive;
  const auc = (offset: number): number => {
    let sum = 0;
    for (const row of positive) sum += ranks[row + offset < rows ? row + offset : row + offset - rows];
    return (sum - (length * (length + 1)) / 2) / (length * (rows - length));
  };
  const own = auc(0);
  const found = Float64Array.from(offsets, auc);
  const better = found.reduce((count, value) => count + Number(value >= own), 0);
  return { reaches: quantileOf(found.sort(), 0.95), p: (1 + better) / (1 + found.length), shifts: found.length };
}

/** Shifts by at least a block either way: all that there are, or so many of them at random. */
function offsetsOf(rows: number, block: number, shifts: number, random: Uniform): number[] {
  const possible = Math.max(0, rows - 2 * block + 1);
  if (possible <= shifts) return Array.from({ length: possible }, (_, i) => block + i);
  return Array.from({ length: shifts }, () => block + Math.floor(random() * possible));
}

/** Ranks from 1 by rising score, equal scores sharing the mean of theirs. */
function midRanks(scores: Float64Array): Float64Array {
  const order = descending(scores).toReversed();
  const ranks = new Float64Array(order.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && scores[order[to]] === scores[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
  }
  return ranks;
}
