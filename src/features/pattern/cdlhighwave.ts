import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { LOWER_VERY_LONG, SHORT, UPPER_VERY_LONG, is, side } from './traits.ts';

/**
 * High-wave candle: short body, both shadows more than twice as long.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhighwave = operator({
  name: 'cdlhighwave',
  summary: 'High-wave candle',
  formula: 'short body, both shadows more than twice as long',
  source: 'TA-Lib CDLHIGHWAVE',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, SHORT | UPPER_VERY_LONG | LOWER_VERY_LONG) ? side(candles, i) * 100 : 0;
    }
  }),
});
