import { operator } from '../operator.ts';
import { body, far, near, pattern } from './candle.ts';
import { LONG, UPPER_NONE, WHITE, is } from './traits.ts';

/**
 * Three white soldiers: three white closing ever higher with tiny upper shadows, each opening in or near the body
 * before, none far shorter than the one before, the third not short.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3whitesoldiers = operator({
  name: 'cdl3whitesoldiers',
  summary: 'Three white soldiers, bullish',
  formula:
    'three white closing ever higher with tiny upper shadows, each opening in or near the body before, none far shorter than the one before, the third not short',
  source: 'TA-Lib CDL3WHITESOLDIERS',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i, WHITE | UPPER_NONE | LONG) &&
          is(candles, i - 2, WHITE | UPPER_NONE) &&
          is(candles, i - 1, WHITE | UPPER_NONE) &&
          close[i] > close[i - 1] &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] > open[i - 2] &&
          open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
          open[i] > open[i - 1] &&
          open[i] <= close[i - 1] + near(nearRanges, i - 1) &&
          body(open, close, i - 1) > body(open, close, i - 2) - far(nearRanges, i - 2) &&
          body(open, close, i) > body(open, close, i - 1) - far(nearRanges, i - 1)
            ? 100
            : 0;
      }
    },
  ),
});
