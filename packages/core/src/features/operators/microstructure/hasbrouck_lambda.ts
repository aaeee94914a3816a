import { composite, period } from '../../contract/operator.ts';

/**
 * Hasbrouck lambda: slope of log returns on the signed square root of the money of net order flow (with intercept).
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const hasbrouckLambda = composite({
  name: 'hasbrouck_lambda',
  family: 'microstructure',
  version: 1,
  summary: 'Price impact of the root of signed money',
  formula: 'least-squares slope of log returns on sign(ofi) sqrt(|ofi| vwap)',
  source: 'Hasbrouck: Trading Costs and Returns for US Equities (2009)',
  inputs: ['close', 'ofi', 'vwap'],
  outputs: ['value'],
  params: [period(2, 'bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive, or all order flow of the window is the same',
  expand: ['regression_slope(log_return(close), (where(ofi > 0, 1, -1) * sqrt(abs(ofi) * vwap)), period)'],
});
