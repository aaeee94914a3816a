import { composite, period } from '../../contract/operator.ts';
import { ma } from '../overlap/ma.ts';
import { longerMemory } from '../../contract/memory.ts';
import { averageType, checkGap } from '../../kernels/average-type.ts';

/**
 * Absolute price oscillator: a fast moving average less a slow one. The periods may come in either order.
 * TA-Lib versions disagree on the usual average, so its type has to be given; type 7 (mama)
 * and type 10 (the value itself) have no period, both averages would be the same, and are refused.
 *
 * Cost: that of two moving averages and 3 ns.
 */
export const apo = composite({
  name: 'apo',
  family: 'momentum',
  version: 1,
  summary: 'Absolute price oscillator',
  formula: 'ma(x, fast) - ma(x, slow)',
  source: 'TA-Lib APO',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the fast average', 'fast'), period(2, 'rows of the slow average', 'slow'), averageType()],
  lookback: ([fast, slow, type]) => Math.max(ma.lookback([fast, type]), ma.lookback([slow, type])),
  memory: ([fast, slow, type], tolerance) =>
    longerMemory(ma.memory([fast, type], tolerance), ma.memory([slow, type], tolerance)),
  nan: 'window',
  check: ([, , type]) => checkGap(type, type),
  expand: ['average_gap(ma(x, fast, matype), ma(x, slow, matype), fast, slow).gap'],
});
