import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Wilder's directional index: how one-sided the smoothed movement is; `adx` is its average.
 *
 * Cost: that of `directional`, shared with `plus_di`, `minus_di` and `adx`, and 3 ns.
 */
export const dx = composite({
  name: 'dx',
  family: 'momentum',
  version: 3,
  summary: 'Directional index, 0 to 100',
  formula: '100 * |plus_di - minus_di| / (plus_di + minus_di); the value before where both are 0',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib DX',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2, 'rows of the smoothing')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  expand: [
    'directional_index(directional(high, low, close, period).plus, directional(high, low, close, period).minus)',
  ],
});
