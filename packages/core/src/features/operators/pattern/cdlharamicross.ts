import { operator } from '../../contract/operator.ts';
import { bodyBottom, bodyTop, pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  CLOSE_DOWN,
  CLOSE_OVER_OPEN,
  CLOSE_UNDER_OPEN,
  CLOSE_UP,
  DOJI,
  LONG,
  OPEN_DOWN,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  OPEN_UP,
  WHITE,
} from '../../kernels/traits.ts';

/**
 * Harami cross: long; doji with its body inside the first.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlharamicross = operator({
  name: 'cdlharamicross',
  summary: 'Harami cross; 80 where the bodies share one end',
  formula: 'long; doji with its body inside the first',
  source: 'TA-Lib CDLHARAMICROSS',
  params: [],
  ...pattern(
    {
      back: 1,
      bits: 'traits',
      shapes: [
        shape(-100, { has: DOJI, not: OPEN_OVER_CLOSE | CLOSE_UP | OPEN_DOWN | CLOSE_UNDER_OPEN }, LONG | WHITE),
        shape(100, { has: DOJI, not: OPEN_UNDER_CLOSE | CLOSE_DOWN | OPEN_UP | CLOSE_OVER_OPEN }, LONG | BLACK),
      ],
    },
    ({ 0: open, 3: close }, i, result) =>
      bodyTop(open, close, i) < bodyTop(open, close, i - 1) &&
      bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
        ? result
        : 0.8 * result,
  ),
});
