import { operator } from '../operator.ts';
import { body, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Long-legged doji: doji with a shadow longer than its body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdllongleggeddoji = operator({
  name: 'cdllongleggeddoji',
  summary: 'Long-legged doji',
  formula: 'doji with a shadow longer than its body',
  source: 'TA-Lib CDLLONGLEGGEDDOJI',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) <= tiny(ranges, i) &&
          (lowerShadow(open, low, close, i) > body(open, close, i) ||
            upperShadow(open, high, close, i) > body(open, close, i))
            ? 100
            : 0;
      }
    },
  ),
});
