import { operator } from '../operator.ts';
import { body, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Takuri: doji with no upper shadow and a lower shadow more than twice the body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdltakuri = operator({
  name: 'cdltakuri',
  summary: 'Takuri',
  formula: 'doji with no upper shadow and a lower shadow more than twice the body',
  source: 'TA-Lib CDLTAKURI',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) <= tiny(ranges, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          lowerShadow(open, low, close, i) > 2 * body(open, close, i)
            ? 100
            : 0;
      }
    },
  ),
});
