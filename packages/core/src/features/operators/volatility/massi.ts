import { composite, fadingMemory, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';

const WIDTH = 'ema(high - low, fast)';

/**
 * Mass index: sum of how wide bars are against how wide they were, where width is an average and was the average of that. A market
 * without any range counts 1 a row.
 *
 * Cost: that of two averages and a window sum.
 */
export const massi = composite({
  name: 'massi',
  family: 'volatility',
  version: 1,
  summary: 'Mass index',
  formula: 'sum(ema(high - low, fast) / ema(ema(high - low, fast), fast)) over slow rows',
  source: 'Dorsey (Stocks & Commodities, 1992); TA-Lib MASSI',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(2, 'rows of both averages', 'fast'), period(2, 'rows of the sum', 'slow')],
  lookback: ([fast, slow]) => 2 * fast + slow - 3,
  memory: ([fast, slow], tolerance) =>
    chainedMemory({ class: 'finite', rows: slow }, fadingMemory(2 / (fast + 1), 2 * fast - 1, tolerance, 2)),
  nan: 'window',
  undefinedWhen: 'the average is so small that the quotient is not finite',
  expand: [`rolling_sum(quotient(${WIDTH}, ema(${WIDTH}, fast), 1), slow)`],
});
