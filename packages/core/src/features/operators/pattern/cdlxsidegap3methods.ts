import { operator } from '../../contract/operator.ts';
import { black, bodyBottom, bodyTop, pattern, white } from '../../kernels/candle.ts';

/**
 * Up or down gap three methods: two of one colour with a body gap between; the third, of the other colour, opens in
 * the second body and closes in the first.
 *
 * Cost: about 3 ns a row, and that of the steps, which all patterns share.
 */
export const cdlxsidegap3methods = operator({
  name: 'cdlxsidegap3methods',
  summary: 'Up or down gap three methods',
  formula:
    'two of one colour with a body gap between; the third, of the other colour, opens in the second body and closes in the first',
  source: 'TA-Lib CDLXSIDEGAP3METHODS',
  params: [],
  ...pattern(
    'cdlxsidegap3methods',
    {
      back: 2,
    },
    ({ 0: open, 3: close }, i, result) =>
      (result > 0 ? white(open, close, i - 2) : black(open, close, i - 2)) &&
      close[i] < bodyTop(open, close, i - 2) &&
      close[i] > bodyBottom(open, close, i - 2)
        ? result
        : 0,
  ),
});
