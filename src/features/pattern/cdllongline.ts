import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, shortShadow, upperShadow } from './candle.ts';

/**
 * Long line: long body, both shadows short.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdllongline = operator({
  name: 'cdllongline',
  summary: 'Long line',
  formula: 'long body, both shadows short',
  source: 'TA-Lib CDLLONGLINE',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies', 'shadows'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: shadows }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) > average(bodies, i) &&
          upperShadow(open, high, close, i) < shortShadow(shadows, i) &&
          lowerShadow(open, low, close, i) < shortShadow(shadows, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
