import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE, is, side } from './traits.ts';

/**
 * Closing marubozu: long without a shadow at its close.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlclosingmarubozu = operator({
  name: 'cdlclosingmarubozu',
  summary: 'Closing marubozu',
  formula: 'long without a shadow at its close',
  source: 'TA-Lib CDLCLOSINGMARUBOZU',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] =
        is(candles, i, LONG) && (is(candles, i, WHITE | UPPER_NONE) || is(candles, i, BLACK | LOWER_NONE))
          ? side(candles, i) * 100
          : 0;
    }
  }),
});
