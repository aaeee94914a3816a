import { composite, period } from '../operator.ts';
import { averageMemory, averageType, checkAverageTypes, longerMemory } from './average-type.ts';

/**
 * Percentage price oscillator: a fast moving average less a slow one, in percent of the slow one. The periods may come in either order.
 * TA-Lib versions disagree on the usual average, so its type has to be given.
 *
 * Cost: that of two moving averages and 3 ns.
 */
export const ppo = composite({
  name: 'ppo',
  family: 'momentum',
  version: 1,
  summary: 'Percentage price oscillator',
  formula: '100 * (ma(x, fast) - ma(x, slow)) / ma(x, slow), 0 where the slow average is 0',
  source: 'TA-Lib PPO',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the fast average', 'fast'), period(2, 'rows of the slow average', 'slow'), averageType()],
  lookback: ([fast, slow]) => Math.max(fast, slow) - 1,
  memory: ([fast, slow, type]) => longerMemory(averageMemory(fast, type), averageMemory(slow, type)),
  nan: 'window',
  check: ([, , type]) => checkAverageTypes(type),
  expand: ['average_gap(moving_average(x, fast, matype), moving_average(x, slow, matype), fast, slow).percent'],
});
