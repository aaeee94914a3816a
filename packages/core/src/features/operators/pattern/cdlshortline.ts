import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LOWER_SHORT, SHORT, UPPER_SHORT, WHITE } from '../../kernels/traits.ts';

/**
 * Short line: short body, both shadows short.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlshortline = operator({
  name: 'cdlshortline',
  summary: 'Short line',
  formula: 'short body, both shadows short',
  source: 'TA-Lib CDLSHORTLINE',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [
      shape(100, WHITE | SHORT | UPPER_SHORT | LOWER_SHORT),
      shape(-100, BLACK | SHORT | UPPER_SHORT | LOWER_SHORT),
    ],
  }),
});
