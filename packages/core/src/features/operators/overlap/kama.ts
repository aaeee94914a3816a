import { composite, fadingMemory, period } from '../../contract/operator.ts';

/**
 * Kaufman's adaptive moving average: fast where the price goes one way, slow where it goes to and fro. The path is
 * summed exactly, so a flat stretch has none (TA-Lib's running sum keeps a remainder of rounding).
 *
 * Cost: 25 ns a row for any period.
 */
export const kama = composite({
  name: 'kama',
  family: 'overlap',
  version: 1,
  summary: 'Kaufman adaptive moving average',
  formula:
    'a[i] = a[i-1] + w^2 * (x[i] - a[i-1]) with w = 2 / 31 + (2 / 3 - 2 / 31) * |x[i] - x[i-period]| / (sum of the last period |changes|)',
  source: 'Kaufman: Smarter Trading (1995); TA-Lib KAMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory((2 / 31) * (2 / 31), n + 1, tolerance),
  nan: 'window',
  expand: ['kama_average(x, lag(x, 1), diff(x, period), rolling_sum(abs(diff(x, 1)), period))'],
});
