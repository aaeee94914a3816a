/** Quantiles of sorted values, and the place of a value among quantiles. Both go the ways of numpy and scikit-learn. */
import { inverseNormal, inverseNormalAt } from './normal.ts';

/** The ranks that {@link quantileOf} looks at: it is enough that these are in their places. */
export function quantileRanks(length: number, q: number): number[] {
  const below = Math.min(Math.floor(q * (length - 1)), length - 1);
  return [below, below + 1].filter((rank) => rank >= 0 && rank < length);
}

/** The ranks that {@link medianOf} looks at. */
export function medianRanks(length: number): number[] {
  const middle = length >> 1;
  return (length % 2 === 1 ? [middle] : [middle - 1, middle]).filter((rank) => rank >= 0);
}

/**
 * The value below which a share `q` of `sorted` lies, linear between its two neighbours; NaN where `sorted` is empty.
 * Source: numpy.quantile, method linear (Hyndman and Fan, type 7).
 */
export function quantileOf(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  if (below >= sorted.length - 1) return sorted.length === 0 ? NaN : sorted[sorted.length - 1];
  const share = place - below;
  const low = sorted[below];
  const high = sorted[below + 1];
  // From the nearer end, so that a share of 1 gives the neighbour itself.
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}

/** Mean of the two middle values, or the one middle value; NaN where `sorted` is empty. */
export function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

/** At most this many quantiles are kept, as by scikit-learn. */
const MAX_QUANTILES = 1000;

/**
 * Quantiles at equal steps of probability from 0 to 1: as many as there are rows, missing ones included, up to 1000.
 * Source: scikit-learn QuantileTransformer without subsampling.
 */
export function learnQuantiles(sorted: Float64Array, rows: number): number[] {
  const count = Math.min(MAX_QUANTILES, rows);
  // Through percent, whose rounding decides on which side of a tie a quantile falls.
  return Array.from({ length: count }, (_, k) => quantileOf(sorted, (reference(k, count) * 100) / 100));
}

/** Probability of quantile `k` of `count`. */
function reference(k: number, count: number): number {
  if (count === 1) return 0;
  return k === count - 1 ? 1 : k * (1 / (count - 1));
}

/**
 * Index of the first quantile that is not below `values[at]`, or of the first that is above it. Takes the place of the
 * value, not the value: a double handed to a function may be put on the heap.
 */
function search(quantiles: Float64Array, values: Float64Array, at: number, above: boolean): number {
  const x = values[at];
  let low = 0;
  let high = quantiles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (quantiles[middle] < x || (above && quantiles[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Replaces `values[at]` by its probability under `quantiles`, 0 to 1, linear between quantiles. A value that several of
 * them share gets the middle of their probabilities. Source: scikit-learn, the mean of numpy.interp from either end.
 */
function uniformAt(quantiles: Float64Array, values: Float64Array, at: number): void {
  const x = values[at];
  const count = quantiles.length;
  if (x <= quantiles[0]) {
    values[at] = 0;
    return;
  }
  if (x >= quantiles[count - 1]) {
    values[at] = 1;
    return;
  }
  const k = search(quantiles, values, at, false);
  const end = reference(k, count);
  if (quantiles[k] === x) {
    values[at] = 0.5 * (reference(search(quantiles, values, at, true) - 1, count) + end);
    return;
  }
  const start = reference(k - 1, count);
  values[at] = start + ((x - quantiles[k - 1]) / (quantiles[k] - quantiles[k - 1])) * (end - start);
}

/** Replaces `values[from]`, `values[from + stride]`, ... below `to` by their probabilities. NaN stays. */
export function toUniform(
  quantiles: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  stride: number,
): void {
  for (let i = from; i < to; i += stride) if (values[i] === values[i]) uniformAt(quantiles, values, i);
}

/** So near to an end, in units of the column, a value counts as the end; so far from 0 and 1 stay probabilities. */
const THRESHOLD = 1e-7;
const LOWEST = inverseNormal(THRESHOLD - Number.EPSILON);
const HIGHEST = inverseNormal(1 - (THRESHOLD - Number.EPSILON));

/**
 * As {@link toUniform}, but by the values of a standard normal variable with those probabilities, between -5.2 and 5.2.
 * As in scikit-learn, a value within 1e-7 of an end is the end: a column that is narrower than that keeps nothing.
 */
export function toNormal(
  quantiles: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  stride: number,
): void {
  const lowest = quantiles[0];
  const highest = quantiles[quantiles.length - 1];
  for (let i = from; i < to; i += stride) {
    const x = values[i];
    if (x !== x) continue;
    if (x - THRESHOLD < lowest) values[i] = LOWEST;
    else if (x + THRESHOLD > highest) values[i] = HIGHEST;
    else {
      uniformAt(quantiles, values, i);
      normalAt(values, i);
    }
  }
}

/** Replaces the probability `values[at]`. */
function normalAt(values: Float64Array, at: number): void {
  inverseNormalAt(values, at);
  if (values[at] < LOWEST) values[at] = LOWEST;
  else if (values[at] > HIGHEST) values[at] = HIGHEST;
}
