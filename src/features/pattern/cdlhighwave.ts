import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, upperShadow } from './candle.ts';

/**
 * High-wave candle: short body, both shadows more than twice as long.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlhighwave = operator({
  name: 'cdlhighwave',
  summary: 'High-wave candle',
  formula: 'short body, both shadows more than twice as long',
  source: 'TA-Lib CDLHIGHWAVE',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) < average(bodies, i) &&
          upperShadow(open, high, close, i) > 2 * body(open, close, i) &&
          lowerShadow(open, low, close, i) > 2 * body(open, close, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
