import { composite, period } from '../../contract/operator.ts';

/**
 * Effective spread from the bounce of prices between bid and ask; 0 where adjacent changes do not offset each other.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const rollSpread = composite({
  name: 'roll_spread',
  family: 'microstructure',
  version: 1,
  summary: 'Roll spread',
  formula: '2 sqrt(-cov(change[i], change[i-1])), 0 where the covariance is positive',
  source: 'Roll: A Simple Implicit Measure of the Effective Bid-Ask Spread (1984)',
  inputs: ['close'],
  outputs: ['value'],
  params: [period(2, 'pairs of adjacent changes in the window')],
  lookback: ([n]) => n + 1,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 + 1 }),
  nan: 'window',
  expand: [
    'where(rolling_cov(diff(close, 1), lag(diff(close, 1), 1), period) < 0, 2 * sqrt(abs(rolling_cov(diff(close, 1), lag(diff(close, 1), 1), period))), 0)',
  ],
});
