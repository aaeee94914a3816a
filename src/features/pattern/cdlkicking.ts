import { operator } from '../operator.ts';
import { average, black, body, color, lowerShadow, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Kicking: two marubozu of opposite colours with a gap away from the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlkicking = operator({
  name: 'cdlkicking',
  summary: 'Kicking',
  formula: 'two marubozu of opposite colours with a gap away from the first',
  source: 'TA-Lib CDLKICKING',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          color(open, close, i - 1) === -color(open, close, i) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          upperShadow(open, high, close, i - 1) < tiny(ranges, i - 1) &&
          lowerShadow(open, low, close, i - 1) < tiny(ranges, i - 1) &&
          body(open, close, i) > average(bodies, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
          ((black(open, close, i - 1) && low[i] > high[i - 1]) || (white(open, close, i - 1) && high[i] < low[i - 1]))
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
