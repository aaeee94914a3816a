/** How the values of a feature are spread over the rows that are ready. */
import { quantileOf } from 'minotaur-core/internal/numeric/quantile';
import type { Distribution } from '#view';

const SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;
const BINS = 48;
/** Of the values at either end that lie in the outer bins: one stray value does not make a picture of one bar. */
const TAIL = 0.005;

/** @param ready 1 where a row is ready; absent: all are */
export function distributionOf(values: Float64Array, ready: Float64Array | undefined): Distribution {
  const sorted = new Float64Array(values.length);
  let [rows, found] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (ready !== undefined && ready[i] !== 1) continue;
    rows++;
    if (Number.isFinite(values[i])) sorted[found++] = values[i];
  }
  return summaryOf(sorted.subarray(0, found).sort(), rows);
}

function summaryOf(sorted: Float64Array, rows: number): Distribution {
  let [sum, squares] = [0, 0];
  for (const value of sorted) sum += value;
  const mean = sum / sorted.length;
  for (const value of sorted) squares += (value - mean) ** 2;
  const square = squares / sorted.length;
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    rows,
    missing: rows - sorted.length,
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
