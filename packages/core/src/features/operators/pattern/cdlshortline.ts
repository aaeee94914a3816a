import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Short line: short body, both shadows short.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlshortline = operator({
  name: 'cdlshortline',
  summary: 'Short line',
  formula: 'short body, both shadows short',
  source: 'TA-Lib CDLSHORTLINE',
  params: [],
  ...pattern('cdlshortline', {
    back: 0,
  }),
});
