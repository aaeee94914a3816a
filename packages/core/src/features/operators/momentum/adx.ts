import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Wilder's average directional index: how one-sided the movement is, whichever its direction.
 *
 * Cost: that of `directional`, shared with `plus_di` and `minus_di`, and 5 ns.
 */
export const adx = composite({
  name: 'adx',
  family: 'momentum',
  version: 3,
  summary: 'Average directional index, 0 to 100',
  formula: 'Wilder average of dx = 100 * |plus_di - minus_di| / (plus_di + minus_di)',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib ADX',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2, 'rows of the smoothing and of the average')],
  lookback: ([n]) => 2 * n - 1,
  memory: ([n], tolerance) => fadingMemory(1 / n, 2 * n, tolerance, 2),
  nan: 'skip',
  expand: [
    'adx_average(directional(high, low, close, period).plus, directional(high, low, close, period).minus, period)',
  ],
});
