import { operator } from '../../contract/operator.ts';
import { body, far, near, pattern, shortShadow, upperShadow } from '../../kernels/candle.ts';
import { UPPER_LONG, is } from '../../kernels/traits.ts';

/**
 * Advance block: three white closing ever higher, each opening in or near the body before, the first long with a
 * short upper shadow; bodies shrink or upper shadows grow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdladvanceblock = operator({
  name: 'cdladvanceblock',
  summary: 'Advance block, bearish',
  formula:
    'three white closing ever higher, each opening in or near the body before, the first long with a short upper shadow; bodies shrink or upper shadows grow',
  source: 'TA-Lib CDLADVANCEBLOCK',
  params: [],
  ...pattern(
    'cdladvanceblock',
    {
      back: 2,
      averages: ['shadows', 'nearRanges'],
    },
    ({ 0: open, 1: high, 3: close, 4: bits, 5: shadows, 6: nearRanges }, i, result) =>
      open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
      open[i] <= close[i - 1] + near(nearRanges, i - 1) &&
      ((body(open, close, i - 1) < body(open, close, i - 2) - far(nearRanges, i - 2) &&
        body(open, close, i) < body(open, close, i - 1) + near(nearRanges, i - 1)) ||
        body(open, close, i) < body(open, close, i - 1) - far(nearRanges, i - 1) ||
        (body(open, close, i) < body(open, close, i - 1) &&
          body(open, close, i - 1) < body(open, close, i - 2) &&
          (upperShadow(open, high, close, i) > shortShadow(shadows, i) ||
            upperShadow(open, high, close, i - 1) > shortShadow(shadows, i - 1))) ||
        (is(bits, i, UPPER_LONG) && body(open, close, i) < body(open, close, i - 1)))
        ? result
        : 0,
  ),
});
