import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, LONG, SMALL, lacks } from './traits.ts';

/**
 * Homing pigeon: long black; short black with its body inside the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhomingpigeon = operator({
  name: 'cdlhomingpigeon',
  summary: 'Homing pigeon, bullish',
  formula: 'long black; short black with its body inside the first',
  source: 'TA-Lib CDLHOMINGPIGEON',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, BLACK | LONG) | lacks(candles, i, BLACK | SMALL)) === 0 &&
          open[i] < open[i - 1] &&
          close[i] > close[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
