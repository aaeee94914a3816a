import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { WHITE, is } from '../../kernels/traits.ts';

/**
 * Three black crows: white; three black closing ever lower with tiny lower shadows, each opening in the body
 * before, the first closing under the high of the white.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3blackcrows = operator({
  name: 'cdl3blackcrows',
  summary: 'Three black crows, bearish',
  formula:
    'white; three black closing ever lower with tiny lower shadows, each opening in the body before, the first closing under the high of the white',
  source: 'TA-Lib CDL3BLACKCROWS',
  params: [],
  ...pattern(
    'cdl3blackcrows',
    {
      back: 3,
    },
    ({ 1: high, 3: close, 4: bits }, i, result) => (is(bits, i - 3, WHITE) && high[i - 3] > close[i - 2] ? result : 0),
  ),
});
