import { composite, period } from '../../contract/operator.ts';
import { averagesLookback, ma } from '../overlap/ma.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';

const FAST = 'range_position(close, min(low, fastk), max(high, fastk))';
const AVERAGE = `ma(${FAST}, fastd, fastd_matype)`;

/**
 * Fast stochastic: the close's place between the window's lowest low and highest high, and its average. 0 where the window
 * has no range; both outputs begin with the average. An average that overshoots (dema, tema, t3) may leave 0 to 100.
 *
 * Cost: that of `max`, `min` and one average, about 40 ns a row.
 */
export const stochf = composite({
  name: 'stochf',
  family: 'momentum',
  version: 2,
  summary: 'Fast stochastic %K and %D, 0 to 100',
  formula:
    'stochf_k = 100 * (close - min(low, fastk)) / (max(high, fastk) - min(low, fastk)); stochf_d = ma(stochf_k, fastd)',
  source: "Lane: Lane's Stochastics (1984); TA-Lib STOCHF",
  inputs: ['high', 'low', 'close'],
  outputs: ['stochf_k', 'stochf_d'],
  params: [
    period(1, 'rows of the range', 'fastk'),
    period(1, 'rows averaged for stochf_d', 'fastd'),
    { ...averageType('fastd_matype'), default: 0 },
  ],
  lookback: ([fastk, fastd, type]) => fastk - 1 + averagesLookback([fastd, type]),
  memory: ([fastk, fastd, type], tolerance) =>
    chainedMemory(ma.memory([fastd, type], tolerance), { class: 'finite', rows: fastk }),
  nan: 'window',
  check: ([, , type]) => checkTypes(type),
  expand: [`valid(${FAST}, ${AVERAGE})`, AVERAGE],
});
