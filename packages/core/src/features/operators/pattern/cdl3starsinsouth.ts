import { operator } from '../../contract/operator.ts';
import { body, pattern } from '../../kernels/candle.ts';

/**
 * Three stars in the south: three black: long with a lower shadow longer than its body; smaller, opening in the
 * range, with a higher low and a lower shadow; short without shadows inside the range of the second.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3starsinsouth = operator({
  name: 'cdl3starsinsouth',
  summary: 'Three stars in the south, bullish',
  formula:
    'three black: long with a lower shadow longer than its body; smaller, opening in the range, with a higher low and a lower shadow; short without shadows inside the range of the second',
  source: 'TA-Lib CDL3STARSINSOUTH',
  params: [],
  ...pattern(
    'cdl3starsinsouth',
    {
      back: 2,
    },
    ({ 0: open, 1: high, 2: low, 3: close }, i, result) =>
      body(open, close, i - 1) < body(open, close, i - 2) && open[i - 1] <= high[i - 2] && low[i - 1] < close[i - 2]
        ? result
        : 0,
  ),
});
