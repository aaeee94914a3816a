import { operator } from '../operator.ts';
import { body, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Dragonfly doji: doji with no upper shadow and some lower shadow.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdldragonflydoji = operator({
  name: 'cdldragonflydoji',
  summary: 'Dragonfly doji',
  formula: 'doji with no upper shadow and some lower shadow',
  source: 'TA-Lib CDLDRAGONFLYDOJI',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) <= tiny(ranges, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          lowerShadow(open, low, close, i) > tiny(ranges, i)
            ? 100
            : 0;
      }
    },
  ),
});
