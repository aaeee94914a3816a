import { operator } from '../operator.ts';
import { equal, pattern } from './candle.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE, is, opposite, side } from './traits.ts';

/**
 * Separating lines: two of opposite colours with equal opens, the second long without a shadow at its open.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlseparatinglines = operator({
  name: 'cdlseparatinglines',
  summary: 'Separating lines',
  formula: 'two of opposite colours with equal opens, the second long without a shadow at its open',
  source: 'TA-Lib CDLSEPARATINGLINES',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i, LONG) &&
          opposite(candles, i - 1, i) &&
          open[i] <= open[i - 1] + equal(nearRanges, i - 1) &&
          open[i] >= open[i - 1] - equal(nearRanges, i - 1) &&
          (is(candles, i, WHITE | LOWER_NONE) || is(candles, i, BLACK | UPPER_NONE))
            ? side(candles, i) * 100
            : 0;
      }
    },
  ),
});
