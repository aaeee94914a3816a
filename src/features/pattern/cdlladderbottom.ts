import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, UPPER_SOME, WHITE, is, lacks } from './traits.ts';

/**
 * Ladder bottom: three black with ever lower opens and closes; black with an upper shadow; white that opens above
 * its body and closes above its high.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlladderbottom = operator({
  name: 'cdlladderbottom',
  summary: 'Ladder bottom, bullish',
  formula:
    'three black with ever lower opens and closes; black with an upper shadow; white that opens above its body and closes above its high',
  source: 'TA-Lib CDLLADDERBOTTOM',
  params: [],
  ...pattern(
    { back: 4, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, BLACK | UPPER_SOME) | lacks(candles, i - 4, BLACK) | lacks(candles, i - 3, BLACK)) ===
            0 &&
          is(candles, i - 2, BLACK) &&
          is(candles, i, WHITE) &&
          open[i - 4] > open[i - 3] &&
          open[i - 3] > open[i - 2] &&
          close[i - 4] > close[i - 3] &&
          close[i - 3] > close[i - 2] &&
          open[i] > open[i - 1] &&
          close[i] > high[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
