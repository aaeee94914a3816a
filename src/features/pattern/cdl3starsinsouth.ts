import { operator } from '../operator.ts';
import { average, black, body, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Three stars in the south: three black: long with a lower shadow longer than its body; smaller, opening in the
 * range, with a higher low and a lower shadow; short without shadows inside the range of the second.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl3starsinsouth = operator({
  name: 'cdl3starsinsouth',
  summary: 'Three stars in the south, bullish',
  formula:
    'three black: long with a lower shadow longer than its body; smaller, opening in the range, with a higher low and a lower shadow; short without shadows inside the range of the second',
  source: 'TA-Lib CDL3STARSINSOUTH',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 2) &&
          black(open, close, i - 1) &&
          black(open, close, i) &&
          body(open, close, i - 2) > average(bodies, i - 2) &&
          lowerShadow(open, low, close, i - 2) > body(open, close, i - 2) &&
          body(open, close, i - 1) < body(open, close, i - 2) &&
          open[i - 1] > close[i - 2] &&
          open[i - 1] <= high[i - 2] &&
          low[i - 1] < close[i - 2] &&
          low[i - 1] >= low[i - 2] &&
          lowerShadow(open, low, close, i - 1) > tiny(ranges, i - 1) &&
          body(open, close, i) < average(bodies, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          low[i] > low[i - 1] &&
          high[i] < high[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
