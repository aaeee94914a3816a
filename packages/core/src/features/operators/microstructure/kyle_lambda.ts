import { composite, period } from '../../contract/operator.ts';

/**
 * Kyle lambda: price impact of a unit of signed volume, the slope of price changes on order flow (with intercept).
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const kyleLambda = composite({
  name: 'kyle_lambda',
  family: 'microstructure',
  version: 1,
  summary: 'Price impact of signed volume',
  formula: 'least-squares slope of close[i] - close[i-1] on ofi[i]',
  source: 'Kyle: Continuous Auctions and Insider Trading (1985)',
  inputs: ['close', 'ofi'],
  outputs: ['value'],
  params: [period(2, 'bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'all order flow of the window is the same',
  expand: ['regression_slope(diff(close, 1), ofi, period)'],
});
