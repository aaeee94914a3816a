import { operator } from '../operator.ts';
import { body, bodyBottom, bodyTop, gapDown, gapUp, pattern, tiny } from './candle.ts';

/**
 * Tristar: three doji, the body of the second above or below its neighbours.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdltristar = operator({
  name: 'cdltristar',
  summary: 'Tristar',
  formula: 'three doji, the body of the second above or below its neighbours',
  source: 'TA-Lib CDLTRISTAR',
  params: [],
  ...pattern(
    { back: 2, averages: ['ranges'] },
    ({ in: { 0: open, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) <= tiny(ranges, i - 2) &&
          body(open, close, i - 1) <= tiny(ranges, i - 2) &&
          body(open, close, i) <= tiny(ranges, i - 2)
            ? gapUp(open, close, i - 1, i - 2) && bodyTop(open, close, i) < bodyTop(open, close, i - 1)
              ? -100
              : gapDown(open, close, i - 1, i - 2) && bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
                ? 100
                : 0
            : 0;
      }
    },
  ),
});
