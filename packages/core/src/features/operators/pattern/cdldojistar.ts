import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Doji star: long; doji whose body gaps away in its direction.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldojistar = operator({
  name: 'cdldojistar',
  summary: 'Doji star',
  formula: 'long; doji whose body gaps away in its direction',
  source: 'TA-Lib CDLDOJISTAR',
  params: [],
  ...pattern('cdldojistar', {
    back: 1,
  }),
});
