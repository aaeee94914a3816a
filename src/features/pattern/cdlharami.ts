import { operator } from '../operator.ts';
import { bodyBottom, bodyTop, pattern } from './candle.ts';
import { LONG, SMALL, lacks, side } from './traits.ts';

/**
 * Harami: long; short with its body inside the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlharami = operator({
  name: 'cdlharami',
  summary: 'Harami; 80 where the bodies share one end',
  formula: 'long; short with its body inside the first',
  source: 'TA-Lib CDLHARAMI',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, LONG) | lacks(candles, i, SMALL)) === 0 &&
          bodyTop(open, close, i) <= bodyTop(open, close, i - 1) &&
          bodyBottom(open, close, i) >= bodyBottom(open, close, i - 1)
            ? -side(candles, i - 1) *
              (bodyTop(open, close, i) < bodyTop(open, close, i - 1) &&
              bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
                ? 100
                : 80)
            : 0;
      }
    },
  ),
});
