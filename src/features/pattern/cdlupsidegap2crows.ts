import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, GAP_UP, LONG, SMALL, WHITE, is } from './traits.ts';

/**
 * Upside gap two crows: long white; short black with its body above; black that engulfs the second body and closes
 * above the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlupsidegap2crows = operator({
  name: 'cdlupsidegap2crows',
  summary: 'Upside gap two crows, bearish',
  formula: 'long white; short black with its body above; black that engulfs the second body and closes above the first',
  source: 'TA-Lib CDLUPSIDEGAP2CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, BLACK | SMALL | GAP_UP) &&
          is(candles, i - 2, WHITE | LONG) &&
          is(candles, i, BLACK) &&
          open[i] > open[i - 1] &&
          close[i] < close[i - 1] &&
          close[i] > close[i - 2]
            ? -100
            : 0;
      }
    },
  ),
});
