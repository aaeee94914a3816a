import { operator } from '../operator.ts';
import { black, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Ladder bottom: three black with ever lower opens and closes; black with an upper shadow; white that opens above
 * its body and closes above its high.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlladderbottom = operator({
  name: 'cdlladderbottom',
  summary: 'Ladder bottom, bullish',
  formula:
    'three black with ever lower opens and closes; black with an upper shadow; white that opens above its body and closes above its high',
  source: 'TA-Lib CDLLADDERBOTTOM',
  params: [],
  ...pattern(
    { back: 4, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 4) &&
          black(open, close, i - 3) &&
          black(open, close, i - 2) &&
          open[i - 4] > open[i - 3] &&
          open[i - 3] > open[i - 2] &&
          close[i - 4] > close[i - 3] &&
          close[i - 3] > close[i - 2] &&
          black(open, close, i - 1) &&
          upperShadow(open, high, close, i - 1) > tiny(ranges, i - 1) &&
          white(open, close, i) &&
          open[i] > open[i - 1] &&
          close[i] > high[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
