import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { LONG, LOWER_SHORT, UPPER_SHORT, is, side } from './traits.ts';

/**
 * Long line: long body, both shadows short.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdllongline = operator({
  name: 'cdllongline',
  summary: 'Long line',
  formula: 'long body, both shadows short',
  source: 'TA-Lib CDLLONGLINE',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, LONG | UPPER_SHORT | LOWER_SHORT) ? side(candles, i) * 100 : 0;
    }
  }),
});
