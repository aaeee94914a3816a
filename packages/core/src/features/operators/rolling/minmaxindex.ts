import { composite, period } from '../../contract/operator.ts';

/**
 * Rows of the lowest and the highest value of the window, counted from the first row; of equal values the newest.
 *
 * Cost: that of `minindex` and `maxindex`, both shared.
 */
export const minmaxindex = composite({
  name: 'minmaxindex',
  family: 'rolling',
  version: 1,
  summary: 'Rows of the lowest and highest value of the window',
  formula: 'minindex(x, period); maxindex(x, period)',
  source: 'TA-Lib MINMAXINDEX',
  inputs: ['x'],
  outputs: ['minidx', 'maxidx'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  expand: ['minindex(x, period)', 'maxindex(x, period)'],
});
