import { composite, period } from '../../contract/operator.ts';

/**
 * Time series forecast: the least-squares line one row beyond the window.
 *
 * Cost: that of `linear_fit`, which is shared with its kin.
 */
export const tsf = composite({
  name: 'tsf',
  family: 'statistic',
  version: 1,
  summary: 'Least-squares line one row ahead',
  formula: 'intercept + slope * period',
  source: 'TA-Lib TSF',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['linear_fit(x, period).next'],
});
