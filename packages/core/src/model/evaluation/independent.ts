/**
 * How many labels say something of their own. The label of a row lives from the row until it becomes known; labels whose lives
 * overlap share what happened, so that a thousand of them may be six observations.
 */

/** When rows stand and when their labels became known, microseconds, in order of time. */
export interface Lives {
  readonly time: Float64Array;
  readonly labelTime: Float64Array;
}

/** Of the rows of a split, all instruments on one line of time: markets move together. */
export interface Independence {
  /** The number of independent labels: the lesser of `disjoint` and rows times `uniqueness`, at least 1. */
  readonly labels: number;
  /** Labels of which no two overlap, as many as there can be. A bound; a generous one where some live much longer than others. */
  readonly disjoint: number;
  /** Mean uniqueness: the mean over labels of the mean, over the rows in its life, of 1 / labels alive. */
  readonly uniqueness: number;
}

/** A life ends behind its row: one of no length is still an event. */
const endOf = ({ time, labelTime }: Lives, i: number): number => Math.max(labelTime[i], time[i] + 1);

/**
 * The greatest number of labels whose lives do not overlap; one that begins when another ends does not. Exact: of those that begin
 * after the last chosen, the one that ends first is next (interval scheduling). O(n log n).
 */
export function countDisjoint(lives: Lives): number {
  const ends = lives.time.map((_, i) => endOf(lives, i));
  const order = Uint32Array.from(ends, (_, i) => i).sort((a, b) => ends[a] - ends[b]);
  let count = 0;
  let last = -Infinity;
  for (const i of order) {
    if (lives.time[i] < last) continue;
    count++;
    last = ends[i];
  }
  return count;
}

/**
 * Average uniqueness of each label, López de Prado, Advances in Financial Machine Learning (2018), chapter 4, with the rows as events:
 * label i is alive at row j where time[i] <= time[j] < end[i]; c[j] labels are alive there; u[i], in (0, 1], is the mean of 1 / c[j]
 * over the rows at which it lives. O(n log n).
 */
function uniquenessOf(lives: Lives): Float64Array {
  const { time } = lives;
  const rows = time.length;
  const ends = time.map((_, i) => endOf(lives, i));
  const sorted = ends.toSorted();
  /** Sum of 1 / c over the rows before each. */
  const before = new Float64Array(rows + 1);
  let ended = 0;
  for (let from = 0, to = 0; from < rows; from = to) {
    while (to < rows && time[to] === time[from]) to++;
    while (ended < rows && sorted[ended] <= time[from]) ended++;
    for (let j = from; j < to; j++) before[j + 1] = before[j] + 1 / (to - ended);
  }
  const unique = new Float64Array(rows);
  for (let i = 0, first = 0; i < rows; i++) {
    if (time[i] !== time[first]) first = i;
    const behind = lowerBound(time, ends[i]);
    unique[i] = (before[behind] - before[first]) / (behind - first);
  }
  return unique;
}

/** The mean of the uniqueness of every label; times the number of labels it is the effective number of them. */
export function meanUniqueness(lives: Lives): number {
  return uniquenessOf(lives).reduce((sum, u) => sum + u, 0) / lives.time.length;
}

/**
 * What each training row counts for, so that labels that share what happened count once together: the uniqueness of its label over
 * the mean of all, so that they count for as many rows as there are. Rows of any order, several instruments on one line of time.
 */
export function uniquenessWeights({ time, labelTime }: Lives): Float64Array {
  const order = Uint32Array.from(time, (_, i) => i).sort((a, b) => time[a] - time[b] || a - b);
  const at = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row]);
  const unique = uniquenessOf({ time: at(time), labelTime: at(labelTime) });
  const mean = unique.reduce((sum, u) => sum + u, 0) / unique.length;
  const weights = new Float64Array(unique.length);
  order.forEach((row, k) => (weights[row] = unique[k] / mean));
  return weights;
}

/** The first index whose value is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Both, and the number that scores rest on. */
export function independenceOf(lives: Lives): Independence {
  const [disjoint, uniqueness] = [countDisjoint(lives), meanUniqueness(lives)];
  return { labels: Math.min(disjoint, Math.max(1, Math.floor(lives.time.length * uniqueness))), disjoint, uniqueness };
}
