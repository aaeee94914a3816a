import { operator } from '../operator.ts';
import { body, bodyBottom, bodyTop, pattern, tiny } from './candle.ts';
import { DOJI, GAP_DOWN, GAP_UP, is } from './traits.ts';

/**
 * Tristar: three doji, the body of the second above or below its neighbours.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdltristar = operator({
  name: 'cdltristar',
  summary: 'Tristar',
  formula: 'three doji, the body of the second above or below its neighbours',
  source: 'TA-Lib CDLTRISTAR',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles', 'ranges'] },
    ({ in: { 0: open, 3: close, 4: candles, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 2, DOJI) &&
          body(open, close, i - 1) <= tiny(ranges, i - 2) &&
          body(open, close, i) <= tiny(ranges, i - 2)
            ? is(candles, i - 1, GAP_UP) && bodyTop(open, close, i) < bodyTop(open, close, i - 1)
              ? -100
              : is(candles, i - 1, GAP_DOWN) && bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
                ? 100
                : 0
            : 0;
      }
    },
  ),
});
