import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE } from '../../kernels/traits.ts';

/**
 * Marubozu: long body without shadows.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmarubozu = operator({
  name: 'cdlmarubozu',
  summary: 'Marubozu',
  formula: 'long body without shadows',
  source: 'TA-Lib CDLMARUBOZU',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [shape(100, WHITE | LONG | UPPER_NONE | LOWER_NONE), shape(-100, BLACK | LONG | UPPER_NONE | LOWER_NONE)],
  }),
});
