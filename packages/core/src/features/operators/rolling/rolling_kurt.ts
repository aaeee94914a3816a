import { composite, period } from '../../contract/operator.ts';

/**
 * Bias-corrected sample excess kurtosis of the last period values, around their exact mean: 0 for a normal
 * distribution. A constant window has none, as in pandas 3.
 *
 * Cost: that of rolling_shape, which gives both skewness and kurtosis, and of sma; both shared.
 */
export const rollingKurt = composite({
  name: 'rolling_kurt',
  family: 'rolling',
  version: 2,
  summary: 'Rolling sample excess kurtosis',
  formula: '(n-1) / ((n-2)(n-3)) * (n (n+1) M4 / M2^2 - 3 (n-1)), Mk = sum of (x - mean)^k over the n = period rows',
  source: 'pandas Series.rolling.kurt',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(4)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'all values of the window are the same',
  expand: ['rolling_shape(x, sma(x, period), period).kurt'],
});
