import { operator } from '../operator.ts';
import { body, pattern, penetration } from './candle.ts';
import { BLACK, LONG, WHITE, lacks } from './traits.ts';

/**
 * Dark cloud cover: long white; black that opens above its high and closes well inside its body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldarkcloudcover = operator({
  name: 'cdldarkcloudcover',
  summary: 'Dark cloud cover, bearish',
  formula: 'long white; black that opens above its high and closes well inside its body',
  source: 'TA-Lib CDLDARKCLOUDCOVER',
  params: [penetration(0.5)],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 3: close, 4: candles }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, WHITE | LONG) | lacks(candles, i, BLACK)) === 0 &&
          open[i] > high[i - 1] &&
          close[i] > open[i - 1] &&
          close[i] < close[i - 1] - body(open, close, i - 1) * part
            ? -100
            : 0;
      }
    },
  ),
});
