import { composite, period } from '../../contract/operator.ts';

/**
 * Least and greatest value of the window.
 *
 * Cost: that of `min(x, period)` and `max(x, period)`, both shared.
 */
export const minmax = composite({
  name: 'minmax',
  family: 'rolling',
  version: 1,
  summary: 'Lowest and highest value of the window',
  formula: 'min(x[i-period+1], ..., x[i]); max(x[i-period+1], ..., x[i])',
  source: 'TA-Lib MINMAX',
  inputs: ['x'],
  outputs: ['min', 'max'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['min(x, period)', 'max(x, period)'],
});
