import { operator } from '../operator.ts';
import { average, body, bodyBottom, lowerShadow, near, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Hanging man: short body near the high before, lower shadow longer than the body, no upper shadow.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlhangingman = operator({
  name: 'cdlhangingman',
  summary: 'Hanging man, bearish',
  formula: 'short body near the high before, lower shadow longer than the body, no upper shadow',
  source: 'TA-Lib CDLHANGINGMAN',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges', 'nearRanges'] },
    (
      { in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges, 6: nearRanges }, out: { 0: out } },
      from,
      to,
    ) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) < average(bodies, i) &&
          lowerShadow(open, low, close, i) > body(open, close, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          bodyBottom(open, close, i) >= high[i - 1] - near(nearRanges, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
