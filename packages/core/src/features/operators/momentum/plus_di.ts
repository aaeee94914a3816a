import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Wilder's directional indicator of rising bars.
 *
 * Cost: that of `directional`, shared with `minus_di` and `adx`.
 */
export const plusDi = composite({
  name: 'plus_di',
  family: 'momentum',
  version: 2,
  summary: 'Plus directional indicator, 0 to 100',
  formula: '100 * (smoothed plus directional movement) / (smoothed true range)',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib PLUS_DI',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(1, 'rows of the smoothing')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  expand: ['directional(high, low, close, period).plus'],
});
