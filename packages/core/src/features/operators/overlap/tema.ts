import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Triple exponential moving average: the average with its own lag taken out twice.
 *
 * Cost: that of `ema(x, period)`, shared, and 8 ns.
 */
export const tema = composite({
  name: 'tema',
  family: 'overlap',
  version: 1,
  summary: 'Triple exponential moving average',
  formula: '3 * (e1 - e2) + e3 with e1 = ema(x, period), e2 = ema(e1, period), e3 = ema(e2, period)',
  source: 'TA-Lib TEMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => 3 * n - 3,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), 3 * n - 2, tolerance, 3),
  nan: 'skip',
  expand: ['3 * (ema(x, period) - ema(ema(x, period), period)) + ema(ema(ema(x, period), period), period)'],
});
