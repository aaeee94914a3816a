import { operator } from '../operator.ts';
import { black, body, bodyBottom, bodyTop, color, gapDown, gapUp, near, pattern, white } from './candle.ts';

/**
 * Tasuki gap: a body gap; the third, of the other colour and near the same body, opens in the second and closes
 * inside the gap.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdltasukigap = operator({
  name: 'cdltasukigap',
  summary: 'Tasuki gap',
  formula:
    'a body gap; the third, of the other colour and near the same body, opens in the second and closes inside the gap',
  source: 'TA-Lib CDLTASUKIGAP',
  params: [],
  ...pattern(
    { back: 2, averages: ['nearRanges'] },
    ({ in: { 0: open, 3: close, 4: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          ((gapUp(open, close, i - 1, i - 2) &&
            white(open, close, i - 1) &&
            black(open, close, i) &&
            open[i] < close[i - 1] &&
            open[i] > open[i - 1] &&
            close[i] < open[i - 1] &&
            close[i] > bodyTop(open, close, i - 2)) ||
            (gapDown(open, close, i - 1, i - 2) &&
              black(open, close, i - 1) &&
              white(open, close, i) &&
              open[i] < open[i - 1] &&
              open[i] > close[i - 1] &&
              close[i] > open[i - 1] &&
              close[i] < bodyBottom(open, close, i - 2))) &&
          Math.abs(body(open, close, i - 1) - body(open, close, i)) < near(nearRanges, i - 1)
            ? color(open, close, i - 1) * 100
            : 0;
      }
    },
  ),
});
