import { operator } from '../operator.ts';
import { body, pattern } from './candle.ts';
import { BLACK, LONG, WHITE, lacks } from './traits.ts';

/**
 * Piercing: long black; long white that opens below its low and closes in the upper half of its body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlpiercing = operator({
  name: 'cdlpiercing',
  summary: 'Piercing, bullish',
  formula: 'long black; long white that opens below its low and closes in the upper half of its body',
  source: 'TA-Lib CDLPIERCING',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 0: open, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, BLACK | LONG) | lacks(candles, i, WHITE | LONG)) === 0 &&
          open[i] < low[i - 1] &&
          close[i] < open[i - 1] &&
          close[i] > close[i - 1] + body(open, close, i - 1) * 0.5
            ? 100
            : 0;
      }
    },
  ),
});
