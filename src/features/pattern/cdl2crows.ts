import { operator } from '../operator.ts';
import { average, black, body, gapUp, pattern, white } from './candle.ts';

/**
 * Two crows: long white; black with a body gap above it; black from inside the second body to inside the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl2crows = operator({
  name: 'cdl2crows',
  summary: 'Two crows, bearish',
  formula: 'long white; black with a body gap above it; black from inside the second body to inside the first',
  source: 'TA-Lib CDL2CROWS',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          white(open, close, i - 2) &&
          body(open, close, i - 2) > average(bodies, i - 2) &&
          black(open, close, i - 1) &&
          gapUp(open, close, i - 1, i - 2) &&
          black(open, close, i) &&
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
