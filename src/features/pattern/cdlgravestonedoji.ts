import { operator } from '../operator.ts';
import { body, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Gravestone doji: doji with no lower shadow and some upper shadow.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlgravestonedoji = operator({
  name: 'cdlgravestonedoji',
  summary: 'Gravestone doji',
  formula: 'doji with no lower shadow and some upper shadow',
  source: 'TA-Lib CDLGRAVESTONEDOJI',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) <= tiny(ranges, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
          upperShadow(open, high, close, i) > tiny(ranges, i)
            ? 100
            : 0;
      }
    },
  ),
});
