import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, DOJI, GAP_DOWN, GAP_UP, LONG, WHITE } from '../../kernels/traits.ts';

/**
 * Doji star: long; doji whose body gaps away in its direction.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldojistar = operator({
  name: 'cdldojistar',
  summary: 'Doji star',
  formula: 'long; doji whose body gaps away in its direction',
  source: 'TA-Lib CDLDOJISTAR',
  params: [],
  ...pattern({
    back: 1,
    bits: 'traits',
    shapes: [shape(-100, DOJI | GAP_UP, LONG | WHITE), shape(100, DOJI | GAP_DOWN, LONG | BLACK)],
  }),
});
