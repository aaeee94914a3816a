import { operator } from '../operator.ts';
import { average, black, body, pattern } from './candle.ts';

/**
 * Homing pigeon: long black; short black with its body inside the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlhomingpigeon = operator({
  name: 'cdlhomingpigeon',
  summary: 'Homing pigeon, bullish',
  formula: 'long black; short black with its body inside the first',
  source: 'TA-Lib CDLHOMINGPIGEON',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 1) &&
          black(open, close, i) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          body(open, close, i) <= average(bodies, i) &&
          open[i] < open[i - 1] &&
          close[i] > close[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
