import { operator } from '../operator.ts';
import { equal, pattern } from './candle.ts';
import { BLACK, LONG, WHITE, lacks } from './traits.ts';

/**
 * In-neck: long black; white that opens below its low and closes at or just above its close.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlinneck = operator({
  name: 'cdlinneck',
  summary: 'In-neck, bearish',
  formula: 'long black; white that opens below its low and closes at or just above its close',
  source: 'TA-Lib CDLINNECK',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 2: low, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, BLACK | LONG) | lacks(candles, i, WHITE)) === 0 &&
          open[i] < low[i - 1] &&
          close[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= close[i - 1]
            ? -100
            : 0;
      }
    },
  ),
});
