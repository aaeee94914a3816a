import { operator } from '../operator.ts';
import { body, far, near, pattern, shortShadow, upperShadow } from './candle.ts';
import { LONG, UPPER_LONG, UPPER_SHORT, WHITE, is, lacks } from './traits.ts';

/**
 * Advance block: three white closing ever higher, each opening in or near the body before, the first long with a
 * short upper shadow; bodies shrink or upper shadows grow.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdladvanceblock = operator({
  name: 'cdladvanceblock',
  summary: 'Advance block, bearish',
  formula:
    'three white closing ever higher, each opening in or near the body before, the first long with a short upper shadow; bodies shrink or upper shadows grow',
  source: 'TA-Lib CDLADVANCEBLOCK',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles', 'shadows', 'nearRanges'] },
    ({ in: { 0: open, 1: high, 3: close, 4: candles, 5: shadows, 6: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 2, WHITE | LONG | UPPER_SHORT) | lacks(candles, i - 1, WHITE)) === 0 &&
          is(candles, i, WHITE) &&
          close[i] > close[i - 1] &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] > open[i - 2] &&
          open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
          open[i] > open[i - 1] &&
          open[i] <= close[i - 1] + near(nearRanges, i - 1) &&
          ((body(open, close, i - 1) < body(open, close, i - 2) - far(nearRanges, i - 2) &&
            body(open, close, i) < body(open, close, i - 1) + near(nearRanges, i - 1)) ||
            body(open, close, i) < body(open, close, i - 1) - far(nearRanges, i - 1) ||
            (body(open, close, i) < body(open, close, i - 1) &&
              body(open, close, i - 1) < body(open, close, i - 2) &&
              (upperShadow(open, high, close, i) > shortShadow(shadows, i) ||
                upperShadow(open, high, close, i - 1) > shortShadow(shadows, i - 1))) ||
            (is(candles, i, UPPER_LONG) && body(open, close, i) < body(open, close, i - 1)))
            ? -100
            : 0;
      }
    },
  ),
});
