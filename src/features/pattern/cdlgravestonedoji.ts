import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { DOJI, LOWER_NONE, UPPER_SOME, is } from './traits.ts';

/**
 * Gravestone doji: doji with no lower shadow and some upper shadow.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlgravestonedoji = operator({
  name: 'cdlgravestonedoji',
  summary: 'Gravestone doji',
  formula: 'doji with no lower shadow and some upper shadow',
  source: 'TA-Lib CDLGRAVESTONEDOJI',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, DOJI | LOWER_NONE | UPPER_SOME) ? 100 : 0;
    }
  }),
});
