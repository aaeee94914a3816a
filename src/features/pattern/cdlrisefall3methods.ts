import { operator } from '../operator.ts';
import { bodyBottom, bodyTop, pattern } from './candle.ts';
import { LONG, SHORT, is, lacks, opposite, side } from './traits.ts';

/**
 * Rising or falling three methods: long; three short of the other colour, going back inside its range; long of the
 * first colour opening beyond the last close and closing beyond the first.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlrisefall3methods = operator({
  name: 'cdlrisefall3methods',
  summary: 'Rising or falling three methods',
  formula:
    'long; three short of the other colour, going back inside its range; long of the first colour opening beyond the last close and closing beyond the first',
  source: 'TA-Lib CDLRISEFALL3METHODS',
  params: [],
  ...pattern(
    { back: 4, averages: ['candles'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 4, LONG) |
            lacks(candles, i, LONG) |
            lacks(candles, i - 3, SHORT) |
            lacks(candles, i - 2, SHORT)) ===
            0 &&
          is(candles, i - 1, SHORT) &&
          opposite(candles, i - 4, i - 3) &&
          !opposite(candles, i - 3, i - 2) &&
          !opposite(candles, i - 2, i - 1) &&
          opposite(candles, i - 1, i) &&
          bodyBottom(open, close, i - 3) < high[i - 4] &&
          bodyTop(open, close, i - 3) > low[i - 4] &&
          bodyBottom(open, close, i - 2) < high[i - 4] &&
          bodyTop(open, close, i - 2) > low[i - 4] &&
          bodyBottom(open, close, i - 1) < high[i - 4] &&
          bodyTop(open, close, i - 1) > low[i - 4] &&
          close[i - 2] * side(candles, i - 4) < close[i - 3] * side(candles, i - 4) &&
          close[i - 1] * side(candles, i - 4) < close[i - 2] * side(candles, i - 4) &&
          open[i] * side(candles, i - 4) > close[i - 1] * side(candles, i - 4) &&
          close[i] * side(candles, i - 4) > close[i - 4] * side(candles, i - 4)
            ? side(candles, i - 4) * 100
            : 0;
      }
    },
  ),
});
