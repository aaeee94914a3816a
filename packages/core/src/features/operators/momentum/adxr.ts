import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Wilder's average directional movement rating: the mean of `adx` now and period - 1 rows before.
 *
 * Cost: that of `adx`, which is shared, and 1 ns.
 */
export const adxr = composite({
  name: 'adxr',
  family: 'momentum',
  version: 3,
  summary: 'Average directional movement rating, 0 to 100',
  formula: '(adx[i] + adx[i-period+1]) / 2',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib ADXR',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2, 'rows of the smoothing and of both averages')],
  lookback: ([n]) => 3 * n - 2,
  memory: ([n], tolerance) => fadingMemory(1 / n, 3 * n - 1, tolerance, 2),
  nan: 'window',
  expand: ['mean_of_ends(adx(high, low, close, period), period)'],
});
