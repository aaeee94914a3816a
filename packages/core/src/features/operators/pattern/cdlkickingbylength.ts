import { operator } from '../../contract/operator.ts';
import { body, pattern } from '../../kernels/candle.ts';

/**
 * Kicking: two marubozu of opposite colours with a gap away from the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlkickingbylength = operator({
  name: 'cdlkickingbylength',
  summary: 'Kicking, with the colour of the longer marubozu',
  formula: 'two marubozu of opposite colours with a gap away from the first',
  source: 'TA-Lib CDLKICKINGBYLENGTH',
  params: [],
  ...pattern(
    'cdlkickingbylength',
    {
      back: 1,
    },
    ({ 0: open, 1: high, 2: low, 3: close }, i, result) => {
      if (!(result > 0 ? low[i] > high[i - 1] : high[i] < low[i - 1])) return 0;
      return body(open, close, i) > body(open, close, i - 1) ? result : -result;
    },
  ),
});
