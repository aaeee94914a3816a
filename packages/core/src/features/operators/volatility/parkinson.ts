import { composite, period } from '../../contract/operator.ts';

/**
 * Volatility per bar from the range of each bar, five times as efficient as that of closes if prices have no drift.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const parkinson = composite({
  name: 'parkinson',
  family: 'volatility',
  version: 1,
  summary: 'Parkinson volatility',
  formula: 'sqrt(mean of log(high / low)^2 / (4 ln 2))',
  source: 'Parkinson: The Extreme Value Method for Estimating the Variance of the Rate of Return (1980)',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'a price is not positive',
  expand: ['sqrt(sma(log(high / low) * log(high / low), period) / 2.772588722239781)'],
});
