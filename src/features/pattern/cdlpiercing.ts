import { operator } from '../operator.ts';
import { average, black, body, pattern, white } from './candle.ts';

/**
 * Piercing: long black; long white that opens below its low and closes in the upper half of its body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlpiercing = operator({
  name: 'cdlpiercing',
  summary: 'Piercing, bullish',
  formula: 'long black; long white that opens below its low and closes in the upper half of its body',
  source: 'TA-Lib CDLPIERCING',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies'] },
    ({ in: { 0: open, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 1) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          white(open, close, i) &&
          body(open, close, i) > average(bodies, i) &&
          open[i] < low[i - 1] &&
          close[i] < open[i - 1] &&
          close[i] > close[i - 1] + body(open, close, i - 1) * 0.5
            ? 100
            : 0;
      }
    },
  ),
});
