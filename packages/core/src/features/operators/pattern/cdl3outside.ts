import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  CLOSE_DOWN,
  CLOSE_OVER_OPEN,
  CLOSE_UNDER_OPEN,
  CLOSE_UP,
  OPEN_OVER_CLOSE,
  OPEN_UNDER_CLOSE,
  WHITE,
} from '../../kernels/traits.ts';

/**
 * Three outside up or down: the second engulfs the first, of the other colour; the third closes further.
 *
 * Cost: about 6 ns a row, and that of the steps, which all patterns share.
 */
export const cdl3outside = operator({
  name: 'cdl3outside',
  summary: 'Three outside up or down',
  formula: 'the second engulfs the first, of the other colour; the third closes further',
  source: 'TA-Lib CDL3OUTSIDE',
  params: [],
  ...pattern({
    back: 2,
    bits: 'steps',
    lookback: 3,
    shapes: [
      shape(100, CLOSE_UP, WHITE | CLOSE_OVER_OPEN | OPEN_UNDER_CLOSE, BLACK),
      shape(-100, CLOSE_DOWN, BLACK | OPEN_OVER_CLOSE | CLOSE_UNDER_OPEN, WHITE),
    ],
  }),
});
