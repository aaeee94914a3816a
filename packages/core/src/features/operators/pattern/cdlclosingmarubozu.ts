import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Closing marubozu: long without a shadow at its close.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlclosingmarubozu = operator({
  name: 'cdlclosingmarubozu',
  summary: 'Closing marubozu',
  formula: 'long without a shadow at its close',
  source: 'TA-Lib CDLCLOSINGMARUBOZU',
  params: [],
  ...pattern('cdlclosingmarubozu', {
    back: 0,
  }),
});
