import { composite } from '../../contract/operator.ts';

/**
 * Market facilitation index: range of the bar per unit of volume; 0 where nothing was traded.
 *
 * Cost: 8 ns a row.
 */
export const marketfi = composite({
  name: 'marketfi',
  family: 'volume',
  version: 1,
  summary: 'Market facilitation index',
  formula: '(high - low) / volume, 0 without volume',
  source: 'Williams: Trading Chaos (1995); TA-Lib MARKETFI',
  inputs: ['high', 'low', 'volume'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the volume is so small that the quotient is not finite',
  expand: ['quotient(high - low, volume, 0)'],
});
