import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LONG, SHORT, WHITE, is, lacks } from './traits.ts';

/**
 * Unique three river: long black; black with a lower low and its body inside the first; short white that opens
 * above that low.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlunique3river = operator({
  name: 'cdlunique3river',
  summary: 'Unique three river, bullish',
  formula: 'long black; black with a lower low and its body inside the first; short white that opens above that low',
  source: 'TA-Lib CDLUNIQUE3RIVER',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 2, LONG | BLACK) | lacks(candles, i, SHORT | WHITE)) === 0 &&
          is(candles, i - 1, BLACK) &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] <= open[i - 2] &&
          low[i - 1] < low[i - 2] &&
          open[i] > low[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
