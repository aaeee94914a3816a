import { composite, period } from '../../contract/operator.ts';

/**
 * Distance of the newest value from the mean of the last period values, itself included, in sample standard deviations.
 *
 * Cost: that of rolling_demean and rolling_std, which are shared.
 */
export const rollingZscore = composite({
  name: 'rolling_zscore',
  family: 'rolling',
  version: 2,
  summary: 'Rolling z-score',
  formula: '(x[i] - mean) / std, mean and sample std of the window',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'all values of the window are the same',
  expand: ['rolling_demean(x, period) / rolling_std(x, period)'],
});
