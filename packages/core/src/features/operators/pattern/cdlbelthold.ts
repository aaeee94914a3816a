import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Belt-hold: long without a shadow at its open.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbelthold = operator({
  name: 'cdlbelthold',
  summary: 'Belt-hold',
  formula: 'long without a shadow at its open',
  source: 'TA-Lib CDLBELTHOLD',
  params: [],
  ...pattern('cdlbelthold', {
    back: 0,
  }),
});
