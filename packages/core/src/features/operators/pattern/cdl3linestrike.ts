import { operator } from '../../contract/operator.ts';
import { black, bodyBottom, bodyTop, near, pattern, white } from '../../kernels/candle.ts';

/**
 * Three-line strike: three of one colour going on, each opening in or near the body before; the fourth opens beyond
 * and takes all of it back.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdl3linestrike = operator({
  name: 'cdl3linestrike',
  summary: 'Three-line strike',
  formula:
    'three of one colour going on, each opening in or near the body before; the fourth opens beyond and takes all of it back',
  source: 'TA-Lib CDL3LINESTRIKE',
  params: [],
  ...pattern(
    'cdl3linestrike',
    {
      back: 3,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      (result > 0
        ? white(open, close, i - 3) && close[i] < open[i - 3]
        : black(open, close, i - 3) && close[i] > open[i - 3]) &&
      open[i - 2] >= bodyBottom(open, close, i - 3) - near(nearRanges, i - 3) &&
      open[i - 2] <= bodyTop(open, close, i - 3) + near(nearRanges, i - 3) &&
      open[i - 1] >= bodyBottom(open, close, i - 2) - near(nearRanges, i - 2) &&
      open[i - 1] <= bodyTop(open, close, i - 2) + near(nearRanges, i - 2)
        ? result
        : 0,
  ),
});
