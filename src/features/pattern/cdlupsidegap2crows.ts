import { operator } from '../operator.ts';
import { average, black, body, gapUp, pattern, white } from './candle.ts';

/**
 * Upside gap two crows: long white; short black with its body above; black that engulfs the second body and closes
 * above the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlupsidegap2crows = operator({
  name: 'cdlupsidegap2crows',
  summary: 'Upside gap two crows, bearish',
  formula: 'long white; short black with its body above; black that engulfs the second body and closes above the first',
  source: 'TA-Lib CDLUPSIDEGAP2CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          white(open, close, i - 2) &&
          body(open, close, i - 2) > average(bodies, i - 2) &&
          black(open, close, i - 1) &&
          body(open, close, i - 1) <= average(bodies, i - 1) &&
          gapUp(open, close, i - 1, i - 2) &&
          black(open, close, i) &&
          open[i] > open[i - 1] &&
          close[i] < close[i - 1] &&
          close[i] > close[i - 2]
            ? -100
            : 0;
      }
    },
  ),
});
