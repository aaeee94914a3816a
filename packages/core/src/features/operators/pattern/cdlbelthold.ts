import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE } from '../../kernels/traits.ts';

/**
 * Belt-hold: long without a shadow at its open.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbelthold = operator({
  name: 'cdlbelthold',
  summary: 'Belt-hold',
  formula: 'long without a shadow at its open',
  source: 'TA-Lib CDLBELTHOLD',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [shape(100, LONG | WHITE | LOWER_NONE), shape(-100, LONG | BLACK | UPPER_NONE)],
  }),
});
