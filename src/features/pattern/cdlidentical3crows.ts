import { operator } from '../operator.ts';
import { black, equal, lowerShadow, pattern, tiny } from './candle.ts';

/**
 * Identical three crows: three black closing ever lower with tiny lower shadows, each opening at the close before.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlidentical3crows = operator({
  name: 'cdlidentical3crows',
  summary: 'Identical three crows, bearish',
  formula: 'three black closing ever lower with tiny lower shadows, each opening at the close before',
  source: 'TA-Lib CDLIDENTICAL3CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['ranges', 'nearRanges'] },
    ({ in: { 0: open, 2: low, 3: close, 4: ranges, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 2) &&
          lowerShadow(open, low, close, i - 2) < tiny(ranges, i - 2) &&
          black(open, close, i - 1) &&
          lowerShadow(open, low, close, i - 1) < tiny(ranges, i - 1) &&
          black(open, close, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
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
