import { operator, period } from '../../contract/operator.ts';

/**
 * Slope of the least-squares line through the last period values against 0, 1, ..., period - 1: change per row. Values
 * are paired from both ends, so no mean is needed and a constant window gives exactly 0.
 *
 * Cost: about 25 ns a row for 20 rows, 230 for 200.
 */
export const rollingSlope = operator({
  name: 'rolling_slope',
  family: 'rolling',
  version: 1,
  summary: 'Rolling least-squares slope',
  formula: '12 / (n (n^2 - 1)) * sum over j of (j - (n-1)/2) x[i-n+1+j], n = period',
  source: 'numpy.polyfit, degree 1',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    const half = (n - 1) / 2;
    const scale = 12 / (n * (n * n - 1));
    for (let i = from; i < to; i++) {
      // The middle of an odd window weighs nothing, but a NaN there counts.
      let sum = x[i - Math.floor(half)] * 0;
      let oldest = i - n + 1;
      for (let newest = i; newest > oldest; newest--, oldest++) sum += (newest - i + half) * (x[newest] - x[oldest]);
      out[i] = sum * scale;
    }
  },
});
