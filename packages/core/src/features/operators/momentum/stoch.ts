import { composite, period } from '../../contract/operator.ts';
import { averagesLookback, ma } from '../overlap/ma.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';

const FAST = 'range_position(close, min(low, fastk), max(high, fastk))';
const K = `ma(${FAST}, slowk, slowk_matype)`;
const D = `ma(${K}, slowd, slowd_matype)`;

/**
 * Slow stochastic: the close's place between the window's lowest low and highest high, averaged, and averaged again.
 * 0 where the window has no range; both outputs begin with the second average. Averages that overshoot (dema, tema, t3) may
 * leave 0 to 100.
 *
 * Cost: that of `max`, `min` and two averages, about 20 ns a row with simple ones.
 */
export const stoch = composite({
  name: 'stoch',
  family: 'momentum',
  version: 2,
  summary: 'Slow stochastic %K and %D, 0 to 100',
  formula:
    'stoch_k = ma(100 * (close - min(low, fastk)) / (max(high, fastk) - min(low, fastk)), slowk); stoch_d = ma(stoch_k, slowd)',
  source: "Lane: Lane's Stochastics (1984); TA-Lib STOCH",
  inputs: ['high', 'low', 'close'],
  outputs: ['stoch_k', 'stoch_d'],
  params: [
    period(1, 'rows of the range', 'fastk'),
    period(1, 'rows averaged for stoch_k', 'slowk'),
    period(1, 'rows averaged for stoch_d', 'slowd'),
    { ...averageType('slowk_matype'), default: 0 },
    { ...averageType('slowd_matype'), default: 0 },
  ],
  lookback: ([fastk, slowk, slowd, typeK, typeD]) => fastk - 1 + averagesLookback([slowk, typeK], [slowd, typeD]),
  memory: ([fastk, slowk, slowd, typeK, typeD], tolerance) =>
    chainedMemory(ma.memory([slowd, typeD], tolerance), ma.memory([slowk, typeK], tolerance), {
      class: 'finite',
      rows: fastk,
    }),
  nan: 'window',
  check: ([, , , k, d]) => checkTypes(k, d),
  expand: [`valid(${K}, ${D})`, D],
});
