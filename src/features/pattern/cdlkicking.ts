import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE, is, opposite, side } from './traits.ts';

/**
 * Kicking: two marubozu of opposite colours with a gap away from the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlkicking = operator({
  name: 'cdlkicking',
  summary: 'Kicking',
  formula: 'two marubozu of opposite colours with a gap away from the first',
  source: 'TA-Lib CDLKICKING',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 1: high, 2: low, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, LONG | UPPER_NONE | LOWER_NONE) &&
          is(candles, i, LONG | UPPER_NONE | LOWER_NONE) &&
          opposite(candles, i - 1, i) &&
          ((is(candles, i - 1, BLACK) && low[i] > high[i - 1]) || (is(candles, i - 1, WHITE) && high[i] < low[i - 1]))
            ? side(candles, i) * 100
            : 0;
      }
    },
  ),
});
