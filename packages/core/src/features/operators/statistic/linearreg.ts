import { composite, period } from '../../contract/operator.ts';

/**
 * Height of the least-squares line at the newest row of the window.
 *
 * Cost: that of `linear_fit`, which is shared with its kin.
 */
export const linearreg = composite({
  name: 'linearreg',
  family: 'statistic',
  version: 1,
  summary: 'Least-squares line at the newest row',
  formula: 'intercept + slope * (period - 1)',
  source: 'TA-Lib LINEARREG',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['linear_fit(x, period).newest'],
});
