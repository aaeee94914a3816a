import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LOWER_NONE, WHITE, is, lacks } from './traits.ts';

/**
 * Three black crows: white; three black closing ever lower with tiny lower shadows, each opening in the body
 * before, the first closing under the high of the white.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3blackcrows = operator({
  name: 'cdl3blackcrows',
  summary: 'Three black crows, bearish',
  formula:
    'white; three black closing ever lower with tiny lower shadows, each opening in the body before, the first closing under the high of the white',
  source: 'TA-Lib CDL3BLACKCROWS',
  params: [],
  ...pattern(
    { back: 3, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 2, BLACK | LOWER_NONE) | lacks(candles, i - 1, BLACK | LOWER_NONE)) === 0 &&
          is(candles, i, BLACK | LOWER_NONE) &&
          is(candles, i - 3, WHITE) &&
          open[i - 1] < open[i - 2] &&
          open[i - 1] > close[i - 2] &&
          open[i] < open[i - 1] &&
          open[i] > close[i - 1] &&
          high[i - 3] > close[i - 2] &&
          close[i - 2] > close[i - 1] &&
          close[i - 1] > close[i]
            ? -100
            : 0;
      }
    },
  ),
});
