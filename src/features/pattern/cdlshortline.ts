import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { LOWER_SHORT, SHORT, UPPER_SHORT, is, side } from './traits.ts';

/**
 * Short line: short body, both shadows short.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlshortline = operator({
  name: 'cdlshortline',
  summary: 'Short line',
  formula: 'short body, both shadows short',
  source: 'TA-Lib CDLSHORTLINE',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, SHORT | UPPER_SHORT | LOWER_SHORT) ? side(candles, i) * 100 : 0;
    }
  }),
});
