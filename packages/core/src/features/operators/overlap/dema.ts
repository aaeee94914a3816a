import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Double exponential moving average: the average with its own lag taken out once.
 *
 * Cost: that of `ema(x, period)`, shared, and 5 ns.
 */
export const dema = composite({
  name: 'dema',
  family: 'overlap',
  version: 1,
  summary: 'Double exponential moving average',
  formula: '2 * e - ema(e, period) with e = ema(x, period)',
  source: 'TA-Lib DEMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => 2 * n - 2,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), 2 * n - 1, tolerance, 2),
  nan: 'skip',
  expand: ['2 * ema(x, period) - ema(ema(x, period), period)'],
});
