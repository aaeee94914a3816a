import { composite, period } from '../../contract/operator.ts';

/**
 * Middle between the lowest and the highest value of the window.
 *
 * Cost: that of `min` and `max`, both shared, and 4 ns.
 */
export const midpoint = composite({
  name: 'midpoint',
  family: 'overlap',
  version: 1,
  summary: 'Middle of the range of the window',
  formula: '(max(x, period) + min(x, period)) / 2',
  source: 'TA-Lib MIDPOINT',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['(max(x, period) + min(x, period)) * 0.5'],
});
