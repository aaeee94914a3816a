import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Three inside up or down: long; short with its body inside the first; the third turns against the first and closes
 * beyond its open.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3inside = operator({
  name: 'cdl3inside',
  summary: 'Three inside up or down',
  formula: 'long; short with its body inside the first; the third turns against the first and closes beyond its open',
  source: 'TA-Lib CDL3INSIDE',
  params: [],
  ...pattern(
    'cdl3inside',
    {
      back: 2,
    },
    ({ 0: open, 3: close }, i, result) => ((result < 0 ? close[i] < open[i - 2] : close[i] > open[i - 2]) ? result : 0),
  ),
});
