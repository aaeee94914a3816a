import { composite } from '../../contract/operator.ts';

const limit = (name: string, usual: number, meaning: string) =>
  ({ name, min: 0.01, max: 0.99, integer: false, default: usual, meaning }) as const;

/** The averages on the components of the cycle. */
const AVERAGES = 'mama_average(x, hilbert(x, 12).in_phase, hilbert(x, 12).quadrature, fast, slow)';

/**
 * MESA adaptive moving average and the average that follows it: the faster the phase of the dominant cycle moves, the less
 * the newest value weighs.
 *
 * Cost: that of `hilbert`, shared with `ht_dcperiod` and `ht_phasor`, and 25 ns.
 */
export const mama = composite({
  name: 'mama',
  family: 'overlap',
  version: 2,
  summary: 'MESA adaptive moving average, and the average following it',
  formula: 'mama += w * (x - mama); fama += w / 2 * (mama - fama) with w = fast / change of phase, at least slow',
  source: 'Ehlers: Rocket Science for Traders (2001); TA-Lib MAMA',
  inputs: ['x'],
  outputs: ['mama', 'fama'],
  params: [limit('fast', 0.5, 'largest weight'), limit('slow', 0.05, 'least weight')],
  lookback: () => 32,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: [`settle(${AVERAGES}.mama, 20)`, `settle(${AVERAGES}.fama, 20)`],
});
