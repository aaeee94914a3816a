import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LOWER_VERY_LONG, SHORT, UPPER_VERY_LONG, WHITE } from '../../kernels/traits.ts';

/**
 * High-wave candle: short body, both shadows more than twice as long.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhighwave = operator({
  name: 'cdlhighwave',
  summary: 'High-wave candle',
  formula: 'short body, both shadows more than twice as long',
  source: 'TA-Lib CDLHIGHWAVE',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [
      shape(100, WHITE | SHORT | UPPER_VERY_LONG | LOWER_VERY_LONG),
      shape(-100, BLACK | SHORT | UPPER_VERY_LONG | LOWER_VERY_LONG),
    ],
  }),
});
