import { operator } from '../operator.ts';
import { black, bodyBottom, bodyTop, color, near, pattern, white } from './candle.ts';

/**
 * Three-line strike: three of one colour going on, each opening in or near the body before; the fourth opens beyond
 * and takes all of it back.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl3linestrike = operator({
  name: 'cdl3linestrike',
  summary: 'Three-line strike',
  formula:
    'three of one colour going on, each opening in or near the body before; the fourth opens beyond and takes all of it back',
  source: 'TA-Lib CDL3LINESTRIKE',
  params: [],
  ...pattern(
    { back: 3, averages: ['nearRanges'] },
    ({ in: { 0: open, 3: close, 4: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          color(open, close, i - 3) === color(open, close, i - 2) &&
          color(open, close, i - 2) === color(open, close, i - 1) &&
          color(open, close, i) === -color(open, close, i - 1) &&
          open[i - 2] >= bodyBottom(open, close, i - 3) - near(nearRanges, i - 3) &&
          open[i - 2] <= bodyTop(open, close, i - 3) + near(nearRanges, i - 3) &&
          open[i - 1] >= bodyBottom(open, close, i - 2) - near(nearRanges, i - 2) &&
          open[i - 1] <= bodyTop(open, close, i - 2) + near(nearRanges, i - 2) &&
          ((white(open, close, i - 1) &&
            close[i - 1] > close[i - 2] &&
            close[i - 2] > close[i - 3] &&
            open[i] > close[i - 1] &&
            close[i] < open[i - 3]) ||
            (black(open, close, i - 1) &&
              close[i - 1] < close[i - 2] &&
              close[i - 2] < close[i - 3] &&
              open[i] < close[i - 1] &&
              close[i] > open[i - 3]))
            ? color(open, close, i - 1) * 100
            : 0;
      }
    },
  ),
});
