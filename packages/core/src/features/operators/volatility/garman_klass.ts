import { composite, period } from '../../contract/operator.ts';

/**
 * Volatility per bar from the range and the body of each bar, without drift; about 7.4 times as efficient as that of closes.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const garmanKlass = composite({
  name: 'garman_klass',
  family: 'volatility',
  version: 1,
  summary: 'Garman-Klass volatility',
  formula: 'sqrt(mean of 0.5 log(high / low)^2 - (2 ln 2 - 1) log(close / open)^2)',
  source: 'Garman, Klass: On the Estimation of Security Price Volatilities from Historical Data (1980)',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'a price is not positive, or prices are inconsistent',
  expand: [
    'sqrt(sma(0.5 * (log(high / low) * log(high / low)) - 0.3862943611198906 * (log(close / open) * log(close / open)), period))',
  ],
});
