import { composite, period } from '../../contract/operator.ts';

/**
 * Slope of the least-squares line through the window.
 *
 * Cost: that of `linear_fit`, which is shared with its kin.
 */
export const linearregSlope = composite({
  name: 'linearreg_slope',
  family: 'statistic',
  version: 1,
  summary: 'Slope of the least-squares line',
  formula: 'slope of the line a + b * row nearest to the window',
  source: 'TA-Lib LINEARREG_SLOPE',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['linear_fit(x, period).slope'],
});
