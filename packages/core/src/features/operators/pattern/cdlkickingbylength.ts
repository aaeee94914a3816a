import { operator } from '../../contract/operator.ts';
import { body, pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE } from '../../kernels/traits.ts';

/**
 * Kicking: two marubozu of opposite colours with a gap away from the first.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlkickingbylength = operator({
  name: 'cdlkickingbylength',
  summary: 'Kicking, with the colour of the longer marubozu',
  formula: 'two marubozu of opposite colours with a gap away from the first',
  source: 'TA-Lib CDLKICKINGBYLENGTH',
  params: [],
  ...pattern(
    {
      back: 1,
      bits: 'traits',
      shapes: [
        shape(100, WHITE | LONG | UPPER_NONE | LOWER_NONE, BLACK | LONG | UPPER_NONE | LOWER_NONE),
        shape(-100, BLACK | LONG | UPPER_NONE | LOWER_NONE, WHITE | LONG | UPPER_NONE | LOWER_NONE),
      ],
    },
    ({ 0: open, 1: high, 2: low, 3: close }, i, result) => {
      if (!(result > 0 ? low[i] > high[i - 1] : high[i] < low[i - 1])) return 0;
      return body(open, close, i) > body(open, close, i - 1) ? result : -result;
    },
  ),
});
