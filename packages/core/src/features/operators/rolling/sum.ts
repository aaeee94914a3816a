import { composite, period } from '../../contract/operator.ts';

/**
 * Sum of the window by its TA-Lib name.
 *
 * Cost: that of `rolling_sum(x, period)`, which it is.
 */
export const sum = composite({
  name: 'sum',
  family: 'rolling',
  version: 1,
  summary: 'Sum of the window',
  formula: 'x[i-period+1] + ... + x[i]',
  source: 'TA-Lib SUM',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['rolling_sum(x, period)'],
});
