import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, DOJI, GAP_DOWN, GAP_UP, LONG, WHITE, is, lacks, side } from './traits.ts';

/**
 * Doji star: long; doji whose body gaps away in its direction.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldojistar = operator({
  name: 'cdldojistar',
  summary: 'Doji star',
  formula: 'long; doji whose body gaps away in its direction',
  source: 'TA-Lib CDLDOJISTAR',
  params: [],
  ...pattern({ back: 1, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] =
        (lacks(candles, i, DOJI) | lacks(candles, i - 1, LONG)) === 0 &&
        ((is(candles, i, GAP_UP) && is(candles, i - 1, WHITE)) ||
          (is(candles, i, GAP_DOWN) && is(candles, i - 1, BLACK)))
          ? -side(candles, i - 1) * 100
          : 0;
    }
  }),
});
