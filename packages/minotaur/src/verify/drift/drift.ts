/**
 * How far the values of a feature lie from those of a reference. That is a property of the market, or of the span that was
 * picked, and not of the code: two sound builds of two months differ, and that is no fault. No check fails by it.
 */
import { log } from 'minotaur-core/internal/base/elementary/index';
import { quantileOf } from 'minotaur-core/internal/numeric/quantile';

/** Bins of the reference: tenths of its rows. */
const DECILES = 10;
/** An empty bin counts as this share, so that its logarithm is finite. */
const LEAST_SHARE = 1e-4;
/** Bins of the histograms, of equal width between the outer percentiles of both sides. */
const HISTOGRAM_BINS = 24;

/** A figure of either side. */
export interface Pair {
  /** On the side that is compared with. */
  readonly reference: number;
  /** On the side that is looked at. */
  readonly current: number;
}

/** How far two samples of a feature lie from each other. */
export interface Drift {
  /** Population stability index, see {@link stabilityIndex}. */
  readonly psi: number;
  /** What the index is on average of two samples of these sizes from one distribution, rows taken as independent. */
  readonly psiByChance: number;
  /** In bits, 0 to 1; over the bins of the index, see {@link jensenShannon}. */
  readonly jensenShannon: number;
  /** 0 to 1; NaN where a side has no value, see {@link kolmogorovSmirnov}. */
  readonly kolmogorovSmirnov: number;
  /** Share of rows that are NaN. */
  readonly missing: Pair;
  /** Number of bins of the index, the one of missing values included where a side has any. */
  readonly bins: number;
  /** Both sides, for looking at. */
  readonly histogram: Histogram;
}

/** Both sides by bins of equal width; values beyond the ends are in the outer bins. */
export interface Histogram {
  /** Lower end of the first bin. */
  readonly from: number;
  /** Upper end of the last bin. */
  readonly to: number;
  /** Share of the rows that are not missing, by bin. */
  readonly reference: readonly number[];
  /** The same of the side that is looked at. */
  readonly current: readonly number[];
}

/** An end of a bin: values up to `value`, or below it. */
interface Cut {
  readonly value: number;
  readonly inclusive: boolean;
}

/**
 * Compares the values of a feature; NaN is a missing value. Neither array is changed.
 * @throws never; two empty sides have nothing to compare, which the caller refuses
 */
export function driftOf(reference: Float64Array, current: Float64Array): Drift {
  const a = sortedPresent(reference);
  const b = sortedPresent(current);
  const cuts = cutsOf(a);
  const anyMissing = a.length < reference.length || b.length < current.length;
  const p = sharesOf(a, cuts, reference.length, anyMissing);
  const q = sharesOf(b, cuts, current.length, anyMissing);
  return {
    psi: stabilityIndex(p, q),
    psiByChance: (p.length - 1) * (1 / reference.length + 1 / current.length),
    jensenShannon: jensenShannon(p, q),
    kolmogorovSmirnov: kolmogorovSmirnov(a, b),
    missing: { reference: 1 - a.length / reference.length, current: 1 - b.length / current.length },
    bins: p.length,
    histogram: histogramOf(a, b),
  };
}

/**
 * Population stability index: sum over bins of (q - p) ln(q / p), p and q the shares of the reference and of the other side, a
 * share below 1e-4 taken as 1e-4. Below 0.1 is usually read as little change, above 0.25 as much.
 * Source: N. Siddiqi, Credit Risk Scorecards (2006), chapter 8. Its mean by chance, (bins - 1)(1/n + 1/m): B. Yurdakul and
 * J. Naranjo, Statistical properties of the population stability index, Journal of Risk Model Validation 14 (2020).
 */
export function stabilityIndex(p: readonly number[], q: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const x = Math.max(p[i], LEAST_SHARE);
    const y = Math.max(q[i], LEAST_SHARE);
    sum += (y - x) * log(y / x);
  }
  return sum;
}

/**
 * Jensen-Shannon divergence in bits: the mean of the Kullback-Leibler divergences, to base 2, of p and of q from their mean.
 * 0: the same shares; 1: no bin in common. Symmetric. Source: J. Lin, Divergence measures based on the Shannon entropy, IEEE
 * Transactions on Information Theory 37 (1991); the square of scipy.spatial.distance.jensenshannon with base 2.
 */
export function jensenShannon(p: readonly number[], q: readonly number[]): number {
  const mean = p.map((x, i) => (x + q[i]) / 2);
  return (divergenceFrom(mean, p) + divergenceFrom(mean, q)) / 2;
}

function divergenceFrom(mean: readonly number[], p: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += (p[i] * log(p[i] / mean[i])) / Math.LN2;
  return sum;
}

/**
 * Kolmogorov-Smirnov statistic: the largest distance between the two empirical distribution functions, 0 to 1; NaN where a
 * side is empty. Both sides ascending. Source: scipy.stats.ks_2samp, two-sided.
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return NaN;
  let largest = 0;
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    const x = a[i] < b[k] ? a[i] : b[k];
    while (i < a.length && a[i] === x) i++;
    while (k < b.length && b[k] === x) k++;
    largest = Math.max(largest, Math.abs(i / a.length - k / b.length));
  }
  return largest;
}

/** The values that are not missing, ascending. */
function sortedPresent(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) present[count++] = values[i];
  return present.subarray(0, count).sort();
}

/** Ends of the bins: the deciles of the reference. A value on which several of them fall gets a bin of its own. */
function cutsOf(sorted: Float64Array): Cut[] {
  if (sorted.length === 0) return [];
  const cuts: Cut[] = [];
  const deciles = Array.from({ length: DECILES - 1 }, (_, k) => quantileOf(sorted, (k + 1) / DECILES));
  for (const [k, value] of deciles.entries()) {
    if (value === deciles[k - 1]) continue;
    if (value === deciles[k + 1]) cuts.push({ value, inclusive: false });
    cuts.push({ value, inclusive: true });
  }
  return cuts;
}

/** Shares of all `rows` by bin; the last is that of the missing ones, where that is asked for. */
function sharesOf(sorted: Float64Array, cuts: readonly Cut[], rows: number, withMissing: boolean): number[] {
  const ends = [...cuts.map((cut) => countBelow(sorted, cut)), sorted.length];
  const counts = ends.map((end, i) => end - (ends[i - 1] ?? 0));
  if (withMissing) counts.push(rows - sorted.length);
  return counts.map((count) => count / rows);
}

function countBelow(sorted: Float64Array, { value, inclusive }: Cut): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (inclusive && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function histogramOf(a: Float64Array, b: Float64Array): Histogram {
  const present = [a, b].filter((sorted) => sorted.length > 0);
  const from = present.length === 0 ? 0 : Math.min(...present.map((sorted) => quantileOf(sorted, 0.01)));
  const to = present.length === 0 ? 0 : Math.max(...present.map((sorted) => quantileOf(sorted, 0.99)));
  const cuts = Array.from({ length: HISTOGRAM_BINS - 1 }, (_, k) => {
    return { value: from + ((to - from) * (k + 1)) / HISTOGRAM_BINS, inclusive: false };
  });
  const heights = (sorted: Float64Array): number[] => sharesOf(sorted, cuts, Math.max(1, sorted.length), false);
  return { from, to, reference: heights(a), current: heights(b) };
}
