import { composite, fadingMemory, period } from '../../contract/operator.ts';
import { averagesLookback, ma } from '../overlap/ma.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';

const RSI = 'rsi(x, period)';
const FAST = `range_position(${RSI}, min(${RSI}, fastk), max(${RSI}, fastk))`;
const AVERAGE = `ma(${FAST}, fastd, fastd_matype)`;

/**
 * Fast stochastic of the relative strength index; both outputs begin with the average. 0 where x has stood still for fastk
 * rows and the index with it; TA-Lib's gives the place in the range of its own roundings there. An average that overshoots
 * (dema, tema, t3) may leave 0 to 100.
 *
 * Cost: that of `rsi`, `max`, `min` and one average, about 45 ns a row.
 */
export const stochrsi = composite({
  name: 'stochrsi',
  family: 'momentum',
  version: 3,
  summary: 'Fast stochastic of the relative strength index, 0 to 100',
  formula:
    'stochrsi_k = 100 * (rsi - min(rsi, fastk)) / (max(rsi, fastk) - min(rsi, fastk)); stochrsi_d = ma(stochrsi_k, fastd)',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib STOCHRSI',
  inputs: ['x'],
  outputs: ['stochrsi_k', 'stochrsi_d'],
  params: [
    period(2, 'rows of the relative strength index'),
    period(1, 'rows of the range', 'fastk'),
    period(1, 'rows averaged for stochrsi_d', 'fastd'),
    { ...averageType('fastd_matype'), default: 0 },
  ],
  lookback: ([n, fastk, fastd, type]) => n + fastk - 1 + averagesLookback([fastd, type]),
  memory: ([n, fastk, fastd, type], tolerance) =>
    chainedMemory(
      ma.memory([fastd, type], tolerance),
      { class: 'finite', rows: fastk },
      fadingMemory(1 / n, n + 1, tolerance),
    ),
  nan: 'window',
  check: ([, , , type]) => checkTypes(type),
  expand: [`valid(${FAST}, ${AVERAGE})`, AVERAGE],
});
