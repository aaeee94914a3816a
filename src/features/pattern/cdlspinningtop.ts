import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { LOWER_LONG, SHORT, UPPER_LONG, is, side } from './traits.ts';

/**
 * Spinning top: short body, both shadows longer.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlspinningtop = operator({
  name: 'cdlspinningtop',
  summary: 'Spinning top',
  formula: 'short body, both shadows longer',
  source: 'TA-Lib CDLSPINNINGTOP',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, SHORT | UPPER_LONG | LOWER_LONG) ? side(candles, i) * 100 : 0;
    }
  }),
});
