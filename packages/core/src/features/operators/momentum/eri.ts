import { composite, period } from '../../contract/operator.ts';
import { ma } from '../overlap/ma.ts';

/**
 * Elder ray: how far the high and the low of the bar are above the exponential average of the close.
 *
 * Cost: that of `ema(close, period)`, shared, and 4 ns.
 */
export const eri = composite({
  name: 'eri',
  family: 'momentum',
  version: 1,
  summary: 'Bull power and bear power',
  formula: 'bull_power = high - ema(close, period); bear_power = low - ema(close, period)',
  source: 'Elder: Trading for a Living (1993); TA-Lib ERI',
  inputs: ['high', 'low', 'close'],
  outputs: ['bull_power', 'bear_power'],
  params: [period(1, 'rows of the average')],
  lookback: ([n]) => n - 1,
  memory: ([n], tolerance) => ma.memory([n, 1], tolerance),
  nan: 'window',
  expand: ['high - ma(close, period, 1)', 'low - ma(close, period, 1)'],
});
