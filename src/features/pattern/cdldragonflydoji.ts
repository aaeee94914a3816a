import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { DOJI, LOWER_SOME, UPPER_NONE, is } from './traits.ts';

/**
 * Dragonfly doji: doji with no upper shadow and some lower shadow.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldragonflydoji = operator({
  name: 'cdldragonflydoji',
  summary: 'Dragonfly doji',
  formula: 'doji with no upper shadow and some lower shadow',
  source: 'TA-Lib CDLDRAGONFLYDOJI',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, DOJI | UPPER_NONE | LOWER_SOME) ? 100 : 0;
    }
  }),
});
