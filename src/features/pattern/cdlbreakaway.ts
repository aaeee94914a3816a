import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, GAP_DOWN, GAP_UP, LONG, WHITE, is, opposite, side } from './traits.ts';

/**
 * Breakaway: long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth
 * of one colour; the fifth closes inside the gap.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbreakaway = operator({
  name: 'cdlbreakaway',
  summary: 'Breakaway',
  formula:
    'long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth of one colour; the fifth closes inside the gap',
  source: 'TA-Lib CDLBREAKAWAY',
  params: [],
  ...pattern(
    { back: 4, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 4, LONG) &&
          !opposite(candles, i - 4, i - 3) &&
          !opposite(candles, i - 3, i - 1) &&
          opposite(candles, i - 1, i) &&
          ((is(candles, i - 3, GAP_DOWN) &&
            is(candles, i - 4, BLACK) &&
            high[i - 2] < high[i - 3] &&
            low[i - 2] < low[i - 3] &&
            high[i - 1] < high[i - 2] &&
            low[i - 1] < low[i - 2] &&
            close[i] > open[i - 3] &&
            close[i] < close[i - 4]) ||
            (is(candles, i - 3, GAP_UP) &&
              is(candles, i - 4, WHITE) &&
              high[i - 2] > high[i - 3] &&
              low[i - 2] > low[i - 3] &&
              high[i - 1] > high[i - 2] &&
              low[i - 1] > low[i - 2] &&
              close[i] < open[i - 3] &&
              close[i] > close[i - 4]))
            ? side(candles, i) * 100
            : 0;
      }
    },
  ),
});
