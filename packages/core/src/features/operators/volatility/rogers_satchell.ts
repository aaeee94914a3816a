import { composite, period } from '../../contract/operator.ts';

/**
 * Volatility per bar from all four prices of each bar, right whatever the drift is.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const rogersSatchell = composite({
  name: 'rogers_satchell',
  family: 'volatility',
  version: 1,
  summary: 'Rogers-Satchell volatility',
  formula: 'sqrt(mean of log(h / c) log(h / o) + log(l / c) log(l / o))',
  source: 'Rogers, Satchell: Estimating Variance from High, Low and Closing Prices (1991)',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'a price is not positive, or prices are inconsistent',
  expand: ['sqrt(sma(log(high / close) * log(high / open) + log(low / close) * log(low / open), period))'],
});
