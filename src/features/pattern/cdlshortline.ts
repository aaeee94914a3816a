import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, shortShadow, upperShadow } from './candle.ts';

/**
 * Short line: short body, both shadows short.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlshortline = operator({
  name: 'cdlshortline',
  summary: 'Short line',
  formula: 'short body, both shadows short',
  source: 'TA-Lib CDLSHORTLINE',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies', 'shadows'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: shadows }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) < average(bodies, i) &&
          upperShadow(open, high, close, i) < shortShadow(shadows, i) &&
          lowerShadow(open, low, close, i) < shortShadow(shadows, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
