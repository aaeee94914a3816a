import { composite, period } from '../../contract/operator.ts';

/**
 * Average range of the bars of the window.
 *
 * Cost: that of `sma` and 2 ns.
 */
export const adr = composite({
  name: 'adr',
  family: 'volatility',
  version: 1,
  summary: 'Average day range',
  formula: 'sma(high - low, period)',
  source: 'TA-Lib ADR',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['sma(high - low, period)'],
});
