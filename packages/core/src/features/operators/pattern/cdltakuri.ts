import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Takuri: doji with no upper shadow and a lower shadow more than twice the body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdltakuri = operator({
  name: 'cdltakuri',
  summary: 'Takuri',
  formula: 'doji with no upper shadow and a lower shadow more than twice the body',
  source: 'TA-Lib CDLTAKURI',
  params: [],
  ...pattern('cdltakuri', { back: 0 }),
});
