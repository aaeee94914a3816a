import { composite, period } from '../operator.ts';

const deviations = (name: string, meaning: string) => ({ name, min: -1e9, max: 1e9, integer: false, meaning }) as const;

/**
 * Bollinger bands around the simple moving average, with the population standard deviation.
 *
 * Cost: that of `sma(x, period)` and `var(x, period)`, both shared, and 3 ns.
 */
export const bbands = composite({
  name: 'bbands',
  family: 'overlap',
  version: 1,
  summary: 'Bollinger bands',
  formula:
    'middle = sma(x, period); upper = middle + up * stddev(x, period); lower = middle - down * stddev(x, period)',
  source: 'Bollinger on Bollinger Bands (2001); TA-Lib BBANDS with simple averages',
  inputs: ['x'],
  outputs: ['upper', 'middle', 'lower'],
  params: [
    period(2),
    deviations('up', 'standard deviations from the middle to the upper band'),
    deviations('down', 'standard deviations from the middle to the lower band'),
  ],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: [
    'bands(sma(x, period), var(x, period), up, down).upper',
    'sma(x, period)',
    'bands(sma(x, period), var(x, period), up, down).lower',
  ],
});
