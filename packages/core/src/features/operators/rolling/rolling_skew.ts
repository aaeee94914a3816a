import { composite, period } from '../../contract/operator.ts';

/**
 * Bias-corrected sample skewness of the last period values, around their exact mean. A constant window has none, as in
 * pandas 3.
 *
 * Cost: that of rolling_shape, which gives both skewness and kurtosis, and of sma; both shared.
 */
export const rollingSkew = composite({
  name: 'rolling_skew',
  family: 'rolling',
  version: 2,
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
  expand: ['rolling_shape(x, sma(x, period), period).skew'],
});
