import { operator } from '../operator.ts';
import { body, pattern } from './candle.ts';
import { BLACK, LONG, LOWER_LONG, LOWER_NONE, LOWER_SOME, SHORT, UPPER_NONE, is } from './traits.ts';

/**
 * Three stars in the south: three black: long with a lower shadow longer than its body; smaller, opening in the
 * range, with a higher low and a lower shadow; short without shadows inside the range of the second.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3starsinsouth = operator({
  name: 'cdl3starsinsouth',
  summary: 'Three stars in the south, bullish',
  formula:
    'three black: long with a lower shadow longer than its body; smaller, opening in the range, with a higher low and a lower shadow; short without shadows inside the range of the second',
  source: 'TA-Lib CDL3STARSINSOUTH',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i, BLACK | SHORT | LOWER_NONE | UPPER_NONE) &&
          is(candles, i - 2, BLACK | LONG | LOWER_LONG) &&
          is(candles, i - 1, BLACK | LOWER_SOME) &&
          body(open, close, i - 1) < body(open, close, i - 2) &&
          open[i - 1] > close[i - 2] &&
          open[i - 1] <= high[i - 2] &&
          low[i - 1] < close[i - 2] &&
          low[i - 1] >= low[i - 2] &&
          low[i] > low[i - 1] &&
          high[i] < high[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
