import { composite, period } from '../../contract/operator.ts';

/**
 * Height of the least-squares line at the oldest row of the window.
 *
 * Cost: that of `linear_fit`, which is shared with its kin.
 */
export const linearregIntercept = composite({
  name: 'linearreg_intercept',
  family: 'statistic',
  version: 1,
  summary: 'Least-squares line at the oldest row',
  formula: 'mean(x) - slope * (period - 1) / 2',
  source: 'TA-Lib LINEARREG_INTERCEPT',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['linear_fit(x, period).oldest'],
});
