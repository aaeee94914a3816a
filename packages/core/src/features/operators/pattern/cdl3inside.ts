import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  CLOSE_DOWN,
  CLOSE_OVER_OPEN,
  CLOSE_UNDER_OPEN,
  CLOSE_UP,
  LONG,
  OPEN_DOWN,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  OPEN_UP,
  SMALL,
  WHITE,
} from '../../kernels/traits.ts';

/**
 * Three inside up or down: long; short with its body inside the first; the third turns against the first and closes
 * beyond its open.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3inside = operator({
  name: 'cdl3inside',
  summary: 'Three inside up or down',
  formula: 'long; short with its body inside the first; the third turns against the first and closes beyond its open',
  source: 'TA-Lib CDL3INSIDE',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'traits',
      shapes: [
        shape(-100, BLACK, SMALL | OPEN_UNDER_CLOSE | CLOSE_DOWN | OPEN_UP | CLOSE_OVER_OPEN, LONG | WHITE),
        shape(100, WHITE, SMALL | OPEN_OVER_CLOSE | CLOSE_UP | OPEN_DOWN | CLOSE_UNDER_OPEN, LONG | BLACK),
      ],
    },
    ({ 0: open, 3: close }, i, result) => ((result < 0 ? close[i] < open[i - 2] : close[i] > open[i - 2]) ? result : 0),
  ),
});
