import { composite } from '../../contract/operator.ts';

/**
 * Wilder's parabolic stop and reverse.
 *
 * Cost: that of `parabolic_stop`, 11 ns.
 */
export const sar = composite({
  name: 'sar',
  family: 'overlap',
  version: 1,
  summary: 'Parabolic stop and reverse',
  formula: 'stop[i+1] = stop[i] + acceleration * (extreme - stop[i]), reversed where the price touches it',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib SAR',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [
    {
      name: 'acceleration',
      min: 0,
      max: 1e9,
      integer: false,
      default: 0.02,
      meaning: 'first acceleration, and its step',
    },
    { name: 'maximum', min: 0, max: 1e9, integer: false, default: 0.2, meaning: 'largest acceleration' },
  ],
  lookback: () => 1,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  expand: [
    'parabolic_stop(high, low, 0, 0, acceleration, acceleration, maximum, acceleration, acceleration, maximum).stop',
  ],
});
