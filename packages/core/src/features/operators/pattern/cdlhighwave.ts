import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * High-wave candle: short body, both shadows more than twice as long.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhighwave = operator({
  name: 'cdlhighwave',
  summary: 'High-wave candle',
  formula: 'short body, both shadows more than twice as long',
  source: 'TA-Lib CDLHIGHWAVE',
  params: [],
  ...pattern('cdlhighwave', {
    back: 0,
  }),
});
