import { operator } from '../operator.ts';
import { bodyBottom, bodyTop, pattern } from './candle.ts';
import { DOJI, LONG, lacks, side } from './traits.ts';

/**
 * Harami cross: long; doji with its body inside the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlharamicross = operator({
  name: 'cdlharamicross',
  summary: 'Harami cross; 80 where the bodies share one end',
  formula: 'long; doji with its body inside the first',
  source: 'TA-Lib CDLHARAMICROSS',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i, DOJI) | lacks(candles, i - 1, LONG)) === 0 &&
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
