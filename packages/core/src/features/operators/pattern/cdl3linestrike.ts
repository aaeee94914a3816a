import { operator } from '../../contract/operator.ts';
import { black, bodyBottom, bodyTop, near, pattern, white } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, CLOSE_DOWN, CLOSE_UP, OPEN_OVER_CLOSE, OPEN_UNDER_CLOSE, WHITE } from '../../kernels/traits.ts';

/**
 * Three-line strike: three of one colour going on, each opening in or near the body before; the fourth opens beyond
 * and takes all of it back.
 *
 * Cost: about 6 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdl3linestrike = operator({
  name: 'cdl3linestrike',
  summary: 'Three-line strike',
  formula:
    'three of one colour going on, each opening in or near the body before; the fourth opens beyond and takes all of it back',
  source: 'TA-Lib CDL3LINESTRIKE',
  params: [],
  ...pattern(
    {
      back: 3,
      bits: 'steps',
      averages: ['nearRanges'],
      shapes: [
        shape(100, BLACK | OPEN_OVER_CLOSE, WHITE | CLOSE_UP, WHITE | CLOSE_UP),
        shape(-100, WHITE | OPEN_UNDER_CLOSE, BLACK | CLOSE_DOWN, BLACK | CLOSE_DOWN),
      ],
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
