import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, upperShadow } from './candle.ts';

/**
 * Spinning top: short body, both shadows longer.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlspinningtop = operator({
  name: 'cdlspinningtop',
  summary: 'Spinning top',
  formula: 'short body, both shadows longer',
  source: 'TA-Lib CDLSPINNINGTOP',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) < average(bodies, i) &&
          upperShadow(open, high, close, i) > body(open, close, i) &&
          lowerShadow(open, low, close, i) > body(open, close, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
