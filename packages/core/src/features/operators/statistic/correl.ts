import { composite, period } from '../../contract/operator.ts';

/**
 * Pearson's correlation of two columns in the window; 0 where one of them does not vary. TA-Lib gives 0 as well where the
 * spreads are small, as those of prices near 1e-8 are; here they keep their correlation.
 *
 * Cost: that of `joint_spread`.
 */
export const correl = composite({
  name: 'correl',
  family: 'statistic',
  version: 1,
  summary: 'Correlation, -1 to 1',
  formula: 'cov(x, y) / sqrt(var(x) * var(y)) over period rows',
  source: 'TA-Lib CORREL',
  inputs: ['x', 'y'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['joint_spread(x, y, 0, 0, period).correlation'],
});
