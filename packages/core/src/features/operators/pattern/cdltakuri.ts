import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { DOJI, LOWER_VERY_LONG, UPPER_NONE } from '../../kernels/traits.ts';

/**
 * Takuri: doji with no upper shadow and a lower shadow more than twice the body.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdltakuri = operator({
  name: 'cdltakuri',
  summary: 'Takuri',
  formula: 'doji with no upper shadow and a lower shadow more than twice the body',
  source: 'TA-Lib CDLTAKURI',
  params: [],
  ...pattern({ back: 0, bits: 'traits', shapes: [shape(100, DOJI | UPPER_NONE | LOWER_VERY_LONG)] }),
});
