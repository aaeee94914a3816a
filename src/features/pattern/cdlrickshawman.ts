import { operator } from '../operator.ts';
import { bodyBottom, bodyTop, near, pattern } from './candle.ts';
import { DOJI, LOWER_LONG, UPPER_LONG, is } from './traits.ts';

/**
 * Rickshaw man: doji near the middle of its range, both shadows longer than the body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlrickshawman = operator({
  name: 'cdlrickshawman',
  summary: 'Rickshaw man',
  formula: 'doji near the middle of its range, both shadows longer than the body',
  source: 'TA-Lib CDLRICKSHAWMAN',
  params: [],
  ...pattern(
    { back: 0, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i, DOJI | LOWER_LONG | UPPER_LONG) &&
          bodyBottom(open, close, i) <= low[i] + (high[i] - low[i]) / 2 + near(nearRanges, i) &&
          bodyTop(open, close, i) >= low[i] + (high[i] - low[i]) / 2 - near(nearRanges, i)
            ? 100
            : 0;
      }
    },
  ),
});
