import { composite, period } from '../../contract/operator.ts';
import { averageType } from '../../kernels/average-type.ts';
import { ppo } from '../momentum/ppo.ts';

/**
 * Percentage volume oscillator: `ppo` of volume, between exponential averages unless `matype` says another.
 *
 * Cost: that of `ppo`, which it is.
 */
export const pvo = composite({
  name: 'pvo',
  family: 'volume',
  version: 1,
  summary: 'Percentage volume oscillator',
  formula: '100 * (ma(volume, fast) - ma(volume, slow)) / ma(volume, slow), 0 where the slow average is 0',
  source: 'TA-Lib PVO',
  inputs: ['volume'],
  outputs: ['value'],
  params: [
    period(2, 'rows of the fast average', 'fast'),
    period(2, 'rows of the slow average', 'slow'),
    { ...averageType(), default: 1 },
  ],
  lookback: ppo.lookback,
  memory: ppo.memory,
  nan: 'window',
  check: ppo.check,
  expand: ['ppo(volume, fast, slow, matype)'],
});
