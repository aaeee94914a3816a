import { composite } from '../../contract/operator.ts';

/**
 * Phase of the dominant cycle in degrees, -45 to 315.
 *
 * Cost: that of `hilbert` and `cycle_phase`, both shared with `ht_sine` and `ht_trendmode`, and 2 ns.
 */
export const htDcphase = composite({
  name: 'ht_dcphase',
  family: 'cycle',
  version: 2,
  summary: 'Hilbert transform: phase of the dominant cycle',
  formula: 'cycle_phase of smooth values over the length of the cycle',
  source: 'TA-Lib HT_DCPHASE',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 63,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: ['settle(cycle_phase(hilbert(x, 37).smooth, hilbert(x, 37).smooth_period), 26)'],
});
