import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { LONG, LOWER_NONE, UPPER_NONE, is, side } from './traits.ts';

/**
 * Marubozu: long body without shadows.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmarubozu = operator({
  name: 'cdlmarubozu',
  summary: 'Marubozu',
  formula: 'long body without shadows',
  source: 'TA-Lib CDLMARUBOZU',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, LONG | UPPER_NONE | LOWER_NONE) ? side(candles, i) * 100 : 0;
    }
  }),
});
