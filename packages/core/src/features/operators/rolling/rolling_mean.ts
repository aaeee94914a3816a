import { composite, period } from '../../contract/operator.ts';

/**
 * Mean of the last period values: `sma` under the name it has among the other rolling statistics, and the same node.
 *
 * Cost: that of sma.
 */
export const rollingMean = composite({
  name: 'rolling_mean',
  family: 'rolling',
  version: 1,
  summary: 'Rolling mean',
  formula: '(x[i-period+1] + ... + x[i]) / period',
  source: 'pandas Series.rolling.mean',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',

  expand: ['sma(x, period)'],
});
