import { operator } from '../operator.ts';
import { bodyBottom, near, pattern } from './candle.ts';
import { LOWER_LONG, SHORT, UPPER_NONE, is } from './traits.ts';

/**
 * Hammer: short body near the low before, lower shadow longer than the body, no upper shadow.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhammer = operator({
  name: 'cdlhammer',
  summary: 'Hammer, bullish',
  formula: 'short body near the low before, lower shadow longer than the body, no upper shadow',
  source: 'TA-Lib CDLHAMMER',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 2: low, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i, SHORT | LOWER_LONG | UPPER_NONE) &&
          bodyBottom(open, close, i) <= low[i - 1] + near(nearRanges, i - 1)
            ? 100
            : 0;
      }
    },
  ),
});
