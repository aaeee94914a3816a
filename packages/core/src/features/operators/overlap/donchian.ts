import { composite, period } from '../../contract/operator.ts';

/**
 * Donchian channel: highest high and lowest low of the window, and their middle.
 *
 * Cost: that of `max` and `min`, both shared, and 4 ns.
 */
export const donchian = composite({
  name: 'donchian',
  family: 'overlap',
  version: 1,
  summary: 'Donchian channel',
  formula: 'upper = max(high, period); lower = min(low, period); middle = (upper + lower) / 2',
  source: 'Donchian; TA-Lib DONCHIAN',
  inputs: ['high', 'low'],
  outputs: ['upper', 'middle', 'lower'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['valid(max(high, period), low)', 'midprice(high, low, period)', 'valid(min(low, period), high)'],
});
