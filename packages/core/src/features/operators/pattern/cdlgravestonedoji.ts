import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Gravestone doji: doji with no lower shadow and some upper shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlgravestonedoji = operator({
  name: 'cdlgravestonedoji',
  summary: 'Gravestone doji',
  formula: 'doji with no lower shadow and some upper shadow',
  source: 'TA-Lib CDLGRAVESTONEDOJI',
  params: [],
  ...pattern('cdlgravestonedoji', { back: 0 }),
});
