import { operator } from '../operator.ts';
import { black, lowerShadow, pattern, tiny, white } from './candle.ts';

/**
 * Three black crows: white; three black closing ever lower with tiny lower shadows, each opening in the body
 * before, the first closing under the high of the white.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl3blackcrows = operator({
  name: 'cdl3blackcrows',
  summary: 'Three black crows, bearish',
  formula:
    'white; three black closing ever lower with tiny lower shadows, each opening in the body before, the first closing under the high of the white',
  source: 'TA-Lib CDL3BLACKCROWS',
  params: [],
  ...pattern(
    { back: 3, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          white(open, close, i - 3) &&
          black(open, close, i - 2) &&
          lowerShadow(open, low, close, i - 2) < tiny(ranges, i - 2) &&
          black(open, close, i - 1) &&
          lowerShadow(open, low, close, i - 1) < tiny(ranges, i - 1) &&
          black(open, close, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
          open[i - 1] < open[i - 2] &&
          open[i - 1] > close[i - 2] &&
          open[i] < open[i - 1] &&
          open[i] > close[i - 1] &&
          high[i - 3] > close[i - 2] &&
          close[i - 2] > close[i - 1] &&
          close[i - 1] > close[i]
            ? -100
            : 0;
      }
    },
  ),
});
