import { operator } from '../operator.ts';
import { body, pattern, penetration } from './candle.ts';
import { BLACK, DOJI, LONG, WHITE, is, lacks, side } from './traits.ts';

/**
 * Abandoned baby: long; doji that gaps away from both neighbours, shadows included; the third, not short, comes
 * back into the first body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlabandonedbaby = operator({
  name: 'cdlabandonedbaby',
  summary: 'Abandoned baby',
  formula:
    'long; doji that gaps away from both neighbours, shadows included; the third, not short, comes back into the first body',
  source: 'TA-Lib CDLABANDONEDBABY',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: candles }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, DOJI) | lacks(candles, i - 2, LONG)) === 0 &&
          is(candles, i, LONG) &&
          ((is(candles, i - 2, WHITE) &&
            is(candles, i, BLACK) &&
            close[i] < close[i - 2] - body(open, close, i - 2) * part &&
            low[i - 1] > high[i - 2] &&
            high[i] < low[i - 1]) ||
            (is(candles, i - 2, BLACK) &&
              is(candles, i, WHITE) &&
              close[i] > close[i - 2] + body(open, close, i - 2) * part &&
              high[i - 1] < low[i - 2] &&
              low[i] > high[i - 1]))
            ? side(candles, i) * 100
            : 0;
      }
    },
  ),
});
