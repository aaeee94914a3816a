import { composite, period } from '../../contract/operator.ts';

/**
 * Median of the last period values; of an even number of them, the middle of the two in the middle.
 *
 * Cost: that of rolling_quantile.
 */
export const rollingMedian = composite({
  name: 'rolling_median',
  family: 'rolling',
  version: 1,
  summary: 'Rolling median',
  formula: 'quantile 0.5 of the window',
  source: 'pandas Series.rolling.median',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',

  expand: ['rolling_quantile(x, period, 0.5)'],
});
