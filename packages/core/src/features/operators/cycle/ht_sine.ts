import { composite } from '../../contract/operator.ts';

/**
 * Sine of the phase of the dominant cycle, and of the phase 45 degrees ahead.
 *
 * Cost: that of `ht_dcphase`, shared, and 28 ns.
 */
export const htSine = composite({
  name: 'ht_sine',
  family: 'cycle',
  version: 2,
  summary: 'Hilbert transform: sine wave and leading sine wave',
  formula: 'sin(phase); sin(phase + 45) with phase = ht_dcphase(x) in degrees',
  source: 'TA-Lib HT_SINE',
  inputs: ['x'],
  outputs: ['sine', 'leadsine'],
  params: [],
  lookback: () => 63,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: ['sin(ht_dcphase(x) * 0.017453292519943295)', 'sin((ht_dcphase(x) + 45) * 0.017453292519943295)'],
});
