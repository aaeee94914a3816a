import { composite } from '../../contract/operator.ts';

/**
 * Length of the dominant cycle in rows, averaged.
 *
 * Cost: that of `hilbert`, shared with `ht_phasor` and `mama`, and 2 ns.
 */
export const htDcperiod = composite({
  name: 'ht_dcperiod',
  family: 'cycle',
  version: 2,
  summary: 'Hilbert transform: length of the dominant cycle',
  formula: 'hilbert(x, 12).smooth_period',
  source: 'TA-Lib HT_DCPERIOD',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 32,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: ['settle(hilbert(x, 12).smooth_period, 20)'],
});
