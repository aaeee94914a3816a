import { operator } from '../../contract/operator.ts';
import { bodyBottom, bodyTop, pattern } from '../../kernels/candle.ts';

/**
 * Harami cross: long; doji with its body inside the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlharamicross = operator({
  name: 'cdlharamicross',
  summary: 'Harami cross; 80 where the bodies share one end',
  formula: 'long; doji with its body inside the first',
  source: 'TA-Lib CDLHARAMICROSS',
  params: [],
  ...pattern(
    'cdlharamicross',
    {
      back: 1,
    },
    ({ 0: open, 3: close }, i, result) =>
      bodyTop(open, close, i) < bodyTop(open, close, i - 1) &&
      bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
        ? result
        : 0.8 * result,
  ),
});
