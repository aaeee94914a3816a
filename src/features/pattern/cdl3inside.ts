import { operator } from '../operator.ts';
import { bodyBottom, bodyTop, pattern } from './candle.ts';
import { BLACK, LONG, SMALL, WHITE, is, lacks, side } from './traits.ts';

/**
 * Three inside up or down: long; short with its body inside the first; the third turns against the first and closes
 * beyond its open.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3inside = operator({
  name: 'cdl3inside',
  summary: 'Three inside up or down',
  formula: 'long; short with its body inside the first; the third turns against the first and closes beyond its open',
  source: 'TA-Lib CDL3INSIDE',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 2, LONG) | lacks(candles, i - 1, SMALL)) === 0 &&
          bodyTop(open, close, i - 1) < bodyTop(open, close, i - 2) &&
          bodyBottom(open, close, i - 1) > bodyBottom(open, close, i - 2) &&
          ((is(candles, i - 2, WHITE) && is(candles, i, BLACK) && close[i] < open[i - 2]) ||
            (is(candles, i - 2, BLACK) && is(candles, i, WHITE) && close[i] > open[i - 2]))
            ? -side(candles, i - 2) * 100
            : 0;
      }
    },
  ),
});
