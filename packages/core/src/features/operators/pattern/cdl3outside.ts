import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Three outside up or down: the second engulfs the first, of the other colour; the third closes further.
 *
 * Cost: about 3 ns a row, and that of the steps, which all patterns share.
 */
export const cdl3outside = operator({
  name: 'cdl3outside',
  summary: 'Three outside up or down',
  formula: 'the second engulfs the first, of the other colour; the third closes further',
  source: 'TA-Lib CDL3OUTSIDE',
  params: [],
  ...pattern('cdl3outside', {
    back: 2,
    lookback: 3,
  }),
});
