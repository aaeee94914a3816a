import { operator } from '../../contract/operator.ts';
import { body, bodyBottom, bodyTop, pattern, tiny } from '../../kernels/candle.ts';

/**
 * Tristar: three doji, the body of the second above or below its neighbours.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdltristar = operator({
  name: 'cdltristar',
  summary: 'Tristar',
  formula: 'three doji, the body of the second above or below its neighbours',
  source: 'TA-Lib CDLTRISTAR',
  params: [],
  ...pattern(
    'cdltristar',
    {
      back: 2,
      averages: ['ranges'],
    },
    ({ 0: open, 3: close, 5: ranges }, i, result) =>
      body(open, close, i - 1) <= tiny(ranges, i - 2) &&
      body(open, close, i) <= tiny(ranges, i - 2) &&
      (result < 0
        ? bodyTop(open, close, i) < bodyTop(open, close, i - 1)
        : bodyBottom(open, close, i) > bodyBottom(open, close, i - 1))
        ? result
        : 0,
  ),
});
