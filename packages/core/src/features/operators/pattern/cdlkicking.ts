import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Kicking: two marubozu of opposite colours with a gap away from the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlkicking = operator({
  name: 'cdlkicking',
  summary: 'Kicking',
  formula: 'two marubozu of opposite colours with a gap away from the first',
  source: 'TA-Lib CDLKICKING',
  params: [],
  ...pattern(
    'cdlkicking',
    {
      back: 1,
    },
    ({ 1: high, 2: low }, i, result) => ((result > 0 ? low[i] > high[i - 1] : high[i] < low[i - 1]) ? result : 0),
  ),
});
