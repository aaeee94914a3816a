import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { DOJI, LOWER_VERY_LONG, UPPER_NONE, is } from './traits.ts';

/**
 * Takuri: doji with no upper shadow and a lower shadow more than twice the body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdltakuri = operator({
  name: 'cdltakuri',
  summary: 'Takuri',
  formula: 'doji with no upper shadow and a lower shadow more than twice the body',
  source: 'TA-Lib CDLTAKURI',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, DOJI | UPPER_NONE | LOWER_VERY_LONG) ? 100 : 0;
    }
  }),
});
