import { composite } from '../../contract/operator.ts';

/**
 * Components of the dominant cycle: the detrended value, and the same a quarter of a cycle later.
 *
 * Cost: that of `hilbert`, shared with `ht_dcperiod` and `mama`, and 4 ns.
 */
export const htPhasor = composite({
  name: 'ht_phasor',
  family: 'cycle',
  version: 2,
  summary: 'Hilbert transform: components of the dominant cycle',
  formula: 'hilbert(x, 12).in_phase; hilbert(x, 12).quadrature',
  source: 'TA-Lib HT_PHASOR',
  inputs: ['x'],
  outputs: ['inphase', 'quadrature'],
  params: [],
  lookback: () => 32,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: ['settle(hilbert(x, 12).in_phase, 20)', 'settle(hilbert(x, 12).quadrature, 20)'],
});
