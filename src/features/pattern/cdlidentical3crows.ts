import { operator } from '../operator.ts';
import { equal, pattern } from './candle.ts';
import { BLACK, LOWER_NONE, is, lacks } from './traits.ts';

/**
 * Identical three crows: three black closing ever lower with tiny lower shadows, each opening at the close before.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlidentical3crows = operator({
  name: 'cdlidentical3crows',
  summary: 'Identical three crows, bearish',
  formula: 'three black closing ever lower with tiny lower shadows, each opening at the close before',
  source: 'TA-Lib CDLIDENTICAL3CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 2, BLACK | LOWER_NONE) | lacks(candles, i - 1, BLACK | LOWER_NONE)) === 0 &&
          is(candles, i, BLACK | LOWER_NONE) &&
          close[i - 2] > close[i - 1] &&
          close[i - 1] > close[i] &&
          open[i - 1] <= close[i - 2] + equal(nearRanges, i - 2) &&
          open[i - 1] >= close[i - 2] - equal(nearRanges, i - 2) &&
          open[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          open[i] >= close[i - 1] - equal(nearRanges, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
