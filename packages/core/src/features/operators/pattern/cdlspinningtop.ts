import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LOWER_LONG, SHORT, UPPER_LONG, WHITE } from '../../kernels/traits.ts';

/**
 * Spinning top: short body, both shadows longer.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlspinningtop = operator({
  name: 'cdlspinningtop',
  summary: 'Spinning top',
  formula: 'short body, both shadows longer',
  source: 'TA-Lib CDLSPINNINGTOP',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [shape(100, WHITE | SHORT | UPPER_LONG | LOWER_LONG), shape(-100, BLACK | SHORT | UPPER_LONG | LOWER_LONG)],
  }),
});
