import { composite, period } from '../../contract/operator.ts';

/**
 * Volatility per bar that takes gaps between bars into account and is right whatever the drift is: variance of the gaps, of the bodies, and the Rogers-Satchell term.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const yangZhang = composite({
  name: 'yang_zhang',
  family: 'volatility',
  version: 1,
  summary: 'Yang-Zhang volatility',
  formula: 'sqrt(var(log(o / previous c)) + k var(log(c / o)) + (1 - k) rs), k = 0.34 / (1.34 + (n + 1) / (n - 1))',
  source: 'Yang, Zhang: Drift Independent Volatility Estimation Based on High, Low, Open and Close Prices (2000)',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2, 'bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive, or prices are inconsistent',
  expand: [
    'sqrt(rolling_var(log(open / lag(close, 1)), period) + (0.34 / (1.34 + (period + 1) / (period - 1))) * rolling_var(log(close / open), period) + (1 - (0.34 / (1.34 + (period + 1) / (period - 1)))) * sma(log(high / close) * log(high / open) + log(low / close) * log(low / open), period))',
  ],
});
