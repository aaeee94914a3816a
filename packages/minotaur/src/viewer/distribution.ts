/** How the values of a feature are spread over the rows that are ready. */
import { quantileOf } from 'minotaur-core/internal/numeric/quantile';
import type { Distribution } from '#view';

const SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;
const BINS = 48;
/** Of the values at either end that lie in the outer bins: one stray value does not make a picture of one bar. */
const TAIL = 0.005;

/** @param ready 1 where a row is ready; absent: all are */
export function distributionOf(values: Float64Array, ready: Float64Array | undefined): Distribution {
  const used = ready === undefined ? values : values.filter((_, i) => ready[i] === 1);
  const sorted = used.filter((value) => Number.isFinite(value)).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const square = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length;
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    rows: used.length,
    missing: used.length - sorted.length,
    mean: known(mean),
    deviation: known(Math.sqrt(square)),
    quantiles: SHARES.map((share) => [share, known(quantileOf(sorted, share))]),
    histogram: histogramOf(sorted),
  };
}

function histogramOf(sorted: Float64Array): Distribution['histogram'] {
  if (sorted.length === 0) return { from: 0, to: 1, heights: [] };
  const [from, to] = [TAIL, 1 - TAIL].map((share) => quantileOf(sorted, share));
  const counts = new Float64Array(BINS);
  const width = (to - from) / BINS;
  for (const value of sorted) {
    const bin = width > 0 ? Math.floor((value - from) / width) : 0;
    counts[Math.min(BINS - 1, Math.max(0, bin))]++;
  }
  return { from, to, heights: Array.from(counts, (count) => count / sorted.length) };
}
