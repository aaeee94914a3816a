import { composite, period } from '../../contract/operator.ts';

/**
 * Relative volume: that of the row as a multiple of the average of the rows before it. No value where they traded nothing.
 *
 * Cost: that of `sma`, shared, and 7 ns.
 */
export const rvol = composite({
  name: 'rvol',
  family: 'volume',
  version: 1,
  summary: 'Relative volume',
  formula: 'volume[i] / mean(volume[i-period], ..., volume[i-1])',
  source: 'TA-Lib RVOL',
  inputs: ['volume'],
  outputs: ['value'],
  params: [period(1, 'rows before the current one')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'nothing was traded in the rows before, or so little that the quotient is not finite',
  expand: ['volume / lag(sma(volume, period), 1)'],
});
