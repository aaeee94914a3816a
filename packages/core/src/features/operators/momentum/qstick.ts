import { composite, period } from '../../contract/operator.ts';

/**
 * Average body of the window: above 0 where closes are above opens.
 *
 * Cost: that of `sma` and 2 ns.
 */
export const qstick = composite({
  name: 'qstick',
  family: 'momentum',
  version: 1,
  summary: 'Qstick',
  formula: 'sma(close - open, period)',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib QSTICK',
  inputs: ['open', 'close'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['sma(close - open, period)'],
});
