import { composite, period } from '../../contract/operator.ts';

/**
 * Williams' %R: the close's distance from the window's highest high, in percent of the range. 0 without range.
 *
 * Cost: that of `max` and `min`, shared with `stoch` of the same period, and 2 ns.
 */
export const willr = composite({
  name: 'willr',
  family: 'momentum',
  version: 2,
  summary: "Williams' %R, -100 to 0",
  formula: '-100 * (max(high, period) - close) / (max(high, period) - min(low, period))',
  source: 'Williams: How I Made One Million Dollars (1973); TA-Lib WILLR',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['range_distance(close, min(low, period), max(high, period))'],
});
