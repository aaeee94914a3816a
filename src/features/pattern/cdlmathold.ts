import { operator } from '../operator.ts';
import { body, bodyBottom, bodyTop, pattern, penetration } from './candle.ts';
import { BLACK, GAP_UP, LONG, SHORT, WHITE, is } from './traits.ts';

/**
 * Mat hold: long white; three short falling ones that hold inside the first body, the first of them black and
 * gapping up; white opening above the last close and closing above their highs.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmathold = operator({
  name: 'cdlmathold',
  summary: 'Mat hold, bullish',
  formula:
    'long white; three short falling ones that hold inside the first body, the first of them black and gapping up; white opening above the last close and closing above their highs',
  source: 'TA-Lib CDLMATHOLD',
  params: [penetration(0.5)],
  ...pattern(
    { back: 4, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 3: close, 4: candles }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 3, SHORT | BLACK | GAP_UP) &&
          is(candles, i - 4, LONG | WHITE) &&
          is(candles, i, WHITE) &&
          is(candles, i - 2, SHORT) &&
          is(candles, i - 1, SHORT) &&
          bodyBottom(open, close, i - 2) < close[i - 4] &&
          bodyBottom(open, close, i - 1) < close[i - 4] &&
          bodyBottom(open, close, i - 2) > close[i - 4] - body(open, close, i - 4) * part &&
          bodyBottom(open, close, i - 1) > close[i - 4] - body(open, close, i - 4) * part &&
          bodyTop(open, close, i - 2) < open[i - 3] &&
          bodyTop(open, close, i - 1) < bodyTop(open, close, i - 2) &&
          open[i] > close[i - 1] &&
          close[i] > high[i - 3] &&
          close[i] > high[i - 2] &&
          close[i] > high[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
