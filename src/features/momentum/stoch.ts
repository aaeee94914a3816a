import { composite, period } from '../operator.ts';

/**
 * Slow stochastic: the close's place between the window's lowest low and highest high, averaged, and averaged again.
 * 0 where the window has no range; both outputs begin with the second average.
 *
 * Cost: that of `max`, `min` and two `sma`, about 20 ns a row.
 */
export const stoch = composite({
  name: 'stoch',
  family: 'momentum',
  version: 1,
  summary: 'Slow stochastic %K and %D, 0 to 100',
  formula:
    'stoch_k = sma(100 * (close - min(low, fastk)) / (max(high, fastk) - min(low, fastk)), slowk); stoch_d = sma(stoch_k, slowd)',
  source: "Lane: Lane's Stochastics (1984); TA-Lib STOCH with simple averages",
  inputs: ['high', 'low', 'close'],
  outputs: ['stoch_k', 'stoch_d'],
  params: [
    period(1, 'rows of the range', 'fastk'),
    period(1, 'rows averaged for stoch_k', 'slowk'),
    period(1, 'rows averaged for stoch_d', 'slowd'),
  ],
  lookback: ([fastk, slowk, slowd]) => fastk + slowk + slowd - 3,
  memory: ([fastk, slowk, slowd]) => ({ class: 'finite', rows: fastk + slowk + slowd - 2 }),
  nan: 'window',
  expand: [
    'valid(sma(range_position(close, min(low, fastk), max(high, fastk)), slowk), sma(sma(range_position(close, min(low, fastk), max(high, fastk)), slowk), slowd))',
    'sma(sma(range_position(close, min(low, fastk), max(high, fastk)), slowk), slowd)',
  ],
});
