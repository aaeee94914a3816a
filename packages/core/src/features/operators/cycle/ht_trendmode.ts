import { composite } from '../../contract/operator.ts';

const LENGTH = 'hilbert(x, 37).smooth_period';
const MODE = `cycle_mode(cycle_phase(hilbert(x, 37).smooth, ${LENGTH}), ${LENGTH})`;
const LINE = `wma(cycle_mean(x, ${LENGTH}), 4)`;

/**
 * Whether there is a trend, 1, or a cycle, 0: a cycle for half its length after sine and leading sine have crossed, and
 * while the phase moves at the pace of the cycle; but a trend always if the smooth value is 1.5 % off the trendline.
 *
 * Cost: that of `ht_dcphase` and `ht_trendline`, both shared, and 60 ns.
 */
export const htTrendmode = composite({
  name: 'ht_trendmode',
  family: 'cycle',
  version: 2,
  summary: 'Hilbert transform: trend, 1, or cycle, 0',
  formula: 'cycle_mode(phase, length), or |smooth - trendline| >= 0.015 * |trendline|',
  source: 'TA-Lib HT_TRENDMODE',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 63,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  undefinedWhen: 'the length reaches back before the first row',
  expand: [`settle(${MODE} or abs(hilbert(x, 37).smooth - ${LINE}) >= 0.015 * abs(${LINE}), 23)`],
});
