import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, LOWER_SHORT, UPPER_SHORT, WHITE } from '../../kernels/traits.ts';

/**
 * Long line: long body, both shadows short.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdllongline = operator({
  name: 'cdllongline',
  summary: 'Long line',
  formula: 'long body, both shadows short',
  source: 'TA-Lib CDLLONGLINE',
  params: [],
  ...pattern({
    back: 0,
    bits: 'traits',
    shapes: [
      shape(100, WHITE | LONG | UPPER_SHORT | LOWER_SHORT),
      shape(-100, BLACK | LONG | UPPER_SHORT | LOWER_SHORT),
    ],
  }),
});
