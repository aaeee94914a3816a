import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Wilder's directional movement of falling bars, smoothed but not yet divided by the true range.
 *
 * Cost: that of `directional_movement`, shared with `plus_dm`.
 */
export const minusDm = composite({
  name: 'minus_dm',
  family: 'momentum',
  version: 1,
  summary: 'Minus directional movement',
  formula: 'dm[i] = dm[i-1] * (1 - 1/period) + movement[i]; first value: sum of period - 1 movements',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib MINUS_DM',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(1, 'rows of the smoothing')],
  lookback: ([n]) => Math.max(1, n - 1),
  memory: ([n], tolerance) => fadingMemory(1 / n, Math.max(2, n), tolerance),
  nan: 'skip',
  expand: ['directional_movement(high, low, period).minus'],
});
