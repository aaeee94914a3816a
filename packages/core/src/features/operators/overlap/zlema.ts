import { composite, fadingMemory, period } from '../../contract/operator.ts';

const late = (n: number): number => (n - 1) >> 1;

/**
 * Exponential average of the value with half a period of its movement added, so that it lags little. A period of 1 is the value itself.
 *
 * Cost: that of `ema` and 4 ns.
 */
export const zlema = composite({
  name: 'zlema',
  family: 'overlap',
  version: 1,
  summary: 'Zero-lag exponential moving average',
  formula: 'ema(2 * x - lag(x, floor((period - 1) / 2)), period)',
  source: 'Ehlers, Way: Zero Lag (2010); TA-Lib ZLEMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1 + late(n),
  memory: ([n], tolerance) =>
    n === 1 ? { class: 'finite', rows: 1 } : fadingMemory(2 / (n + 1), n + late(n), tolerance),
  nan: 'window',
  expand: ([n]) => [n === 1 ? 'x' : `ema(2 * x - lag(x, ${late(n)}), period)`],
});
