import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE } from '../../kernels/traits.ts';

/**
 * Closing marubozu: long without a shadow at its close.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlclosingmarubozu = operator({
  name: 'cdlclosingmarubozu',
  summary: 'Closing marubozu',
  formula: 'long without a shadow at its close',
  source: 'TA-Lib CDLCLOSINGMARUBOZU',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [shape(100, LONG | WHITE | UPPER_NONE), shape(-100, LONG | BLACK | LOWER_NONE)],
  }),
});
