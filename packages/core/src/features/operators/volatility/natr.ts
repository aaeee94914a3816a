import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Average true range in percent of the close; 0 where that is 0, and for a period of 1 the plain true range (TA-Lib's rule).
 *
 * Cost: that of `atr`, shared, and 1 ns.
 */
export const natr = composite({
  name: 'natr',
  family: 'volatility',
  version: 1,
  summary: 'Average true range in percent of the close',
  formula: '100 * atr(high, low, close, period) / close',
  source: 'Forman: Cross-Market Evaluations With Normalized Average True Range (2006); TA-Lib NATR',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(1, 'rows of the average')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  expand: ['atr_percent(atr(high, low, close, period), close, period)'],
});
