import { operator } from '../operator.ts';
import { average, black, body, color, gapDown, gapUp, pattern, white } from './candle.ts';

/**
 * Breakaway: long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth
 * of one colour; the fifth closes inside the gap.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlbreakaway = operator({
  name: 'cdlbreakaway',
  summary: 'Breakaway',
  formula:
    'long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth of one colour; the fifth closes inside the gap',
  source: 'TA-Lib CDLBREAKAWAY',
  params: [],
  ...pattern(
    { back: 4, averages: ['bodies'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 4) > average(bodies, i - 4) &&
          color(open, close, i - 4) === color(open, close, i - 3) &&
          color(open, close, i - 3) === color(open, close, i - 1) &&
          color(open, close, i - 1) === -color(open, close, i) &&
          ((black(open, close, i - 4) &&
            gapDown(open, close, i - 3, i - 4) &&
            high[i - 2] < high[i - 3] &&
            low[i - 2] < low[i - 3] &&
            high[i - 1] < high[i - 2] &&
            low[i - 1] < low[i - 2] &&
            close[i] > open[i - 3] &&
            close[i] < close[i - 4]) ||
            (white(open, close, i - 4) &&
              gapUp(open, close, i - 3, i - 4) &&
              high[i - 2] > high[i - 3] &&
              low[i - 2] > low[i - 3] &&
              high[i - 1] > high[i - 2] &&
              low[i - 1] > low[i - 2] &&
              close[i] < open[i - 3] &&
              close[i] > close[i - 4]))
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
