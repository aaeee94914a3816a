import { operator } from '../operator.ts';
import { average, black, body, pattern, white } from './candle.ts';

/**
 * Unique three river: long black; black with a lower low and its body inside the first; short white that opens
 * above that low.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlunique3river = operator({
  name: 'cdlunique3river',
  summary: 'Unique three river, bullish',
  formula: 'long black; black with a lower low and its body inside the first; short white that opens above that low',
  source: 'TA-Lib CDLUNIQUE3RIVER',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          black(open, close, i - 2) &&
          black(open, close, i - 1) &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] <= open[i - 2] &&
          low[i - 1] < low[i - 2] &&
          body(open, close, i) < average(bodies, i) &&
          white(open, close, i) &&
          open[i] > low[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
