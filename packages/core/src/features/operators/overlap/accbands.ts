import { composite, period } from '../../contract/operator.ts';

/**
 * Acceleration bands: averages of highs and lows that are widened by the range of their bar, around the average close.
 *
 * Cost: that of three `sma`, of which that of the close is shared, and 3 ns.
 */
export const accbands = composite({
  name: 'accbands',
  family: 'overlap',
  version: 1,
  summary: 'Acceleration bands',
  formula:
    'middle = sma(close, period); upper = sma(high * (1 + w), period); lower = sma(low * (1 - w), period) with w = 4 * (high - low) / (high + low)',
  source: 'Headley: Big Trends in Trading (2002); TA-Lib ACCBANDS',
  inputs: ['high', 'low', 'close'],
  outputs: ['upper', 'middle', 'lower'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: [
    'sma(acceleration(high, low).upper, period)',
    'sma(close, period)',
    'sma(acceleration(high, low).lower, period)',
  ],
});
