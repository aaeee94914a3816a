import { WINDOW_SUM_SLOTS, windowSum } from '../../core/window.ts';
import { operator, period } from '../operator.ts';
import { isFlat } from '../../core/central.ts';

/**
 * Bias-corrected sample skewness of the last period values, around their exact mean. A constant window has none, as in
 * pandas 3.
 *
 * Cost: about 45 ns a row for 20 rows, 460 for 200.
 */
export const rollingSkew = operator({
  name: 'rolling_skew',
  family: 'rolling',
  version: 1,
  summary: 'Rolling sample skewness',
  formula: 'n * sqrt(n-1) / (n-2) * M3 / M2^1.5, Mk = sum of (x - mean)^k over the n = period rows',
  source: 'pandas Series.rolling.skew',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(3)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'all values of the window are the same',
  history: ([n]) => n,
  slots: () => WINDOW_SUM_SLOTS,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const scale = (n * Math.sqrt(n - 1)) / (n - 2);
    windowSum(x, out, from, to, n, state);
    for (let i = from; i < to; i++) {
      const mean = out[i] / n;
      if (mean !== mean || isFlat(x, i - n + 1, i + 1)) {
        out[i] = NaN;
        continue;
      }
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = i - n + 1; k <= i; k++) {
        const d = x[k] - mean;
        const square = d * d;
        s1 += d;
        s2 += square;
        s3 += square * d;
      }
      // What the rounding of the mean left over.
      const rest = s1 / n;
      const m2 = s2 - rest * s1;
      const m3 = s3 - 3 * rest * s2 + 2 * rest * rest * s1;
      const cube = m2 * Math.sqrt(m2);
      out[i] = cube > 0 ? (scale * m3) / cube : NaN;
    }
  },
});
