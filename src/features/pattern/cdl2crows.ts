import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, GAP_UP, LONG, WHITE, is } from './traits.ts';

/**
 * Two crows: long white; black with a body gap above it; black from inside the second body to inside the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl2crows = operator({
  name: 'cdl2crows',
  summary: 'Two crows, bearish',
  formula: 'long white; black with a body gap above it; black from inside the second body to inside the first',
  source: 'TA-Lib CDL2CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, BLACK | GAP_UP) &&
          is(candles, i - 2, WHITE | LONG) &&
          is(candles, i, BLACK) &&
          open[i] < open[i - 1] &&
          open[i] > close[i - 1] &&
          close[i] > open[i - 2] &&
          close[i] < close[i - 2]
            ? -100
            : 0;
      }
    },
  ),
});
