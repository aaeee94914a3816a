import { operator } from '../../contract/operator.ts';
import { black, bodyBottom, bodyTop, pattern, white } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  GAP_DOWN,
  GAP_UP,
  OPEN_DOWN,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  OPEN_UP,
  WHITE,
} from '../../kernels/traits.ts';

/**
 * Up or down gap three methods: two of one colour with a body gap between; the third, of the other colour, opens in
 * the second body and closes in the first.
 *
 * Cost: about 6 ns a row, and that of the steps, which all patterns share.
 */
export const cdlxsidegap3methods = operator({
  name: 'cdlxsidegap3methods',
  summary: 'Up or down gap three methods',
  formula:
    'two of one colour with a body gap between; the third, of the other colour, opens in the second body and closes in the first',
  source: 'TA-Lib CDLXSIDEGAP3METHODS',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'steps',
      shapes: [
        shape(100, BLACK | OPEN_UNDER_CLOSE | OPEN_UP, WHITE | GAP_UP),
        shape(-100, WHITE | OPEN_DOWN | OPEN_OVER_CLOSE, BLACK | GAP_DOWN),
      ],
    },
    ({ 0: open, 3: close }, i, result) =>
      (result > 0 ? white(open, close, i - 2) : black(open, close, i - 2)) &&
      close[i] < bodyTop(open, close, i - 2) &&
      close[i] > bodyBottom(open, close, i - 2)
        ? result
        : 0,
  ),
});
