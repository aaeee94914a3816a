import { composite, period } from '../../contract/operator.ts';

/**
 * Middle between the lowest low and the highest high of the window.
 *
 * Cost: that of `min` and `max`, both shared, and 4 ns.
 */
export const midprice = composite({
  name: 'midprice',
  family: 'overlap',
  version: 1,
  summary: 'Middle of the price range of the window',
  formula: '(max(high, period) + min(low, period)) / 2',
  source: 'TA-Lib MIDPRICE',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['(max(high, period) + min(low, period)) * 0.5'],
});
