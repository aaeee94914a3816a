import { operator } from '../operator.ts';
import { average, black, body, bodyBottom, bodyTop, gapUp, pattern, penetration, white } from './candle.ts';

/**
 * Mat hold: long white; three short falling ones that hold inside the first body, the first of them black and
 * gapping up; white opening above the last close and closing above their highs.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlmathold = operator({
  name: 'cdlmathold',
  summary: 'Mat hold, bullish',
  formula:
    'long white; three short falling ones that hold inside the first body, the first of them black and gapping up; white opening above the last close and closing above their highs',
  source: 'TA-Lib CDLMATHOLD',
  params: [penetration(0.5)],
  ...pattern(
    { back: 4, averages: ['bodies'] },
    ({ in: { 0: open, 1: high, 3: close, 4: bodies }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 4) > average(bodies, i - 4) &&
          body(open, close, i - 3) < average(bodies, i - 3) &&
          body(open, close, i - 2) < average(bodies, i - 2) &&
          body(open, close, i - 1) < average(bodies, i - 1) &&
          white(open, close, i - 4) &&
          black(open, close, i - 3) &&
          white(open, close, i) &&
          gapUp(open, close, i - 3, i - 4) &&
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
