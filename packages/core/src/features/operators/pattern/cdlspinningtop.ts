import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Spinning top: short body, both shadows longer.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlspinningtop = operator({
  name: 'cdlspinningtop',
  summary: 'Spinning top',
  formula: 'short body, both shadows longer',
  source: 'TA-Lib CDLSPINNINGTOP',
  params: [],
  ...pattern('cdlspinningtop', {
    back: 0,
  }),
});
