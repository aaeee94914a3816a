import { operator } from '../../contract/operator.ts';
import { body, bodyBottom, bodyTop, near, pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  CLOSE_OVER_OPEN,
  CLOSE_UNDER_OPEN,
  GAP_DOWN,
  GAP_UP,
  OPEN_DOWN,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  OPEN_UP,
  WHITE,
} from '../../kernels/traits.ts';

/**
 * Tasuki gap: a body gap; the third, of the other colour and near the same body, opens in the second and closes
 * inside the gap.
 *
 * Cost: about 6 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdltasukigap = operator({
  name: 'cdltasukigap',
  summary: 'Tasuki gap',
  formula:
    'a body gap; the third, of the other colour and near the same body, opens in the second and closes inside the gap',
  source: 'TA-Lib CDLTASUKIGAP',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'steps',
      averages: ['nearRanges'],
      shapes: [
        shape(100, BLACK | OPEN_UNDER_CLOSE | OPEN_UP | CLOSE_UNDER_OPEN, WHITE | GAP_UP),
        shape(-100, WHITE | OPEN_DOWN | OPEN_OVER_CLOSE | CLOSE_OVER_OPEN, BLACK | GAP_DOWN),
      ],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      (result > 0 ? close[i] > bodyTop(open, close, i - 2) : close[i] < bodyBottom(open, close, i - 2)) &&
      Math.abs(body(open, close, i - 1) - body(open, close, i)) < near(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
