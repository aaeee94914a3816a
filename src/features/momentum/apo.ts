import { composite, period } from '../operator.ts';
import { averageMemory, averageType, checkAverageTypes, longerMemory } from './average-type.ts';

/**
 * Absolute price oscillator: a fast moving average less a slow one. The periods may come in either order.
 * TA-Lib versions disagree on the usual average, so its type has to be given.
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
  lookback: ([fast, slow]) => Math.max(fast, slow) - 1,
  memory: ([fast, slow, type]) => longerMemory(averageMemory(fast, type), averageMemory(slow, type)),
  nan: 'window',
  check: ([, , type]) => checkAverageTypes(type),
  expand: ['average_gap(moving_average(x, fast, matype), moving_average(x, slow, matype), fast, slow).gap'],
});
