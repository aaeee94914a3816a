import { operator } from '../../contract/operator.ts';
import { body, bodyBottom, bodyTop, pattern, penetration } from '../../kernels/candle.ts';
import { BLACK, GAP_UP, LONG, SHORT, WHITE, is } from '../../kernels/traits.ts';

/**
 * Mat hold: long white; three short falling ones that hold inside the first body, the first of them black and
 * gapping up; white opening above the last close and closing above their highs.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmathold = operator({
  name: 'cdlmathold',
  summary: 'Mat hold, bullish',
  formula:
    'long white; three short falling ones that hold inside the first body, the first of them black and gapping up; white opening above the last close and closing above their highs',
  source: 'TA-Lib CDLMATHOLD',
  params: [penetration(0.5)],
  ...pattern('cdlmathold', { back: 4 }, ({ 0: open, 1: high, 3: close, 4: bits }, i, result, { 0: part }) =>
    is(bits, i - 3, SHORT | BLACK | GAP_UP) &&
    is(bits, i - 4, LONG | WHITE) &&
    bodyBottom(open, close, i - 2) < close[i - 4] &&
    bodyBottom(open, close, i - 1) < close[i - 4] &&
    bodyBottom(open, close, i - 2) > close[i - 4] - body(open, close, i - 4) * part &&
    bodyBottom(open, close, i - 1) > close[i - 4] - body(open, close, i - 4) * part &&
    bodyTop(open, close, i - 2) < open[i - 3] &&
    bodyTop(open, close, i - 1) < bodyTop(open, close, i - 2) &&
    close[i] > high[i - 3] &&
    close[i] > high[i - 2] &&
    close[i] > high[i - 1]
      ? result
      : 0,
  ),
});
