import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LONG, LOWER_NONE, UPPER_NONE, WHITE, is, side } from './traits.ts';

/**
 * Belt-hold: long without a shadow at its open.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbelthold = operator({
  name: 'cdlbelthold',
  summary: 'Belt-hold',
  formula: 'long without a shadow at its open',
  source: 'TA-Lib CDLBELTHOLD',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] =
        is(candles, i, LONG) && (is(candles, i, WHITE | LOWER_NONE) || is(candles, i, BLACK | UPPER_NONE))
          ? side(candles, i) * 100
          : 0;
    }
  }),
});
