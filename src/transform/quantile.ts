/** Quantiles of sorted values, and the place of a value among quantiles. Both go the ways of numpy and scikit-learn. */
import { inverseNormal } from './normal.ts';

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
  return 0.5 * sorted[middle - 1] + 0.5 * sorted[middle];
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

/** Number of leading elements that `x` is not below (`orEqual`) or is above. */
function countBelow(sorted: readonly number[], x: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x || (orEqual && sorted[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The probability of `x`, linear between quantiles; of the last quantile that equals `x` where several do. */
function fromBelow(quantiles: readonly number[], x: number): number {
  const count = quantiles.length;
  const k = countBelow(quantiles, x, true) - 1;
  if (k < 0) return reference(0, count);
  if (k === count - 1 || quantiles[k] === x) return reference(k, count);
  const start = reference(k, count);
  const slope = (reference(k + 1, count) - start) / (quantiles[k + 1] - quantiles[k]);
  return slope * (x - quantiles[k]) + start;
}

/** The same, read from the upper end: of the first quantile that equals `x` where several do. */
function fromAbove(quantiles: readonly number[], x: number): number {
  const count = quantiles.length;
  const k = countBelow(quantiles, x, false);
  if (k === count) return reference(count - 1, count);
  if (k === 0 || quantiles[k] === x) return reference(k, count);
  const start = reference(k, count);
  const slope = (start - reference(k - 1, count)) / (quantiles[k] - quantiles[k - 1]);
  return start - slope * (quantiles[k] - x);
}

/**
 * The probability of `x` under `quantiles`, 0 to 1: the mean of the interpolations from below and from above, so that a
 * value that many rows share gets the middle of their probabilities. NaN gives NaN.
 */
export function toUniform(quantiles: readonly number[], x: number): number {
  if (x !== x) return NaN;
  if (x <= quantiles[0]) return 0;
  if (x >= quantiles[quantiles.length - 1]) return 1;
  return 0.5 * (fromBelow(quantiles, x) + fromAbove(quantiles, x));
}

/** So near to an end, in units of the column, a value counts as the end; so far from 0 and 1 stay probabilities. */
const THRESHOLD = 1e-7;
const LOWEST = inverseNormal(THRESHOLD - Number.EPSILON);
const HIGHEST = inverseNormal(1 - (THRESHOLD - Number.EPSILON));

/**
 * The value of a standard normal variable with the probability of `x` under `quantiles`, between -5.2 and 5.2. As in
 * scikit-learn, a value within 1e-7 of an end is the end: a column that is narrower than that keeps nothing.
 */
export function toNormal(quantiles: readonly number[], x: number): number {
  if (x - THRESHOLD < quantiles[0]) return LOWEST;
  if (x + THRESHOLD > quantiles[quantiles.length - 1]) return HIGHEST;
  const z = inverseNormal(toUniform(quantiles, x));
  return z < LOWEST ? LOWEST : z > HIGHEST ? HIGHEST : z;
}
