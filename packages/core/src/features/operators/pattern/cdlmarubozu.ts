import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Marubozu: long body without shadows.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmarubozu = operator({
  name: 'cdlmarubozu',
  summary: 'Marubozu',
  formula: 'long body without shadows',
  source: 'TA-Lib CDLMARUBOZU',
  params: [],
  ...pattern('cdlmarubozu', {
    back: 0,
  }),
});
