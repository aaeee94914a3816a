import { operator } from '../operator.ts';
import { body, bodyBottom, bodyTop, lowerShadow, near, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Rickshaw man: doji near the middle of its range, both shadows longer than the body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlrickshawman = operator({
  name: 'cdlrickshawman',
  summary: 'Rickshaw man',
  formula: 'doji near the middle of its range, both shadows longer than the body',
  source: 'TA-Lib CDLRICKSHAWMAN',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges', 'nearRanges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) <= tiny(ranges, i) &&
          lowerShadow(open, low, close, i) > body(open, close, i) &&
          upperShadow(open, high, close, i) > body(open, close, i) &&
          bodyBottom(open, close, i) <= low[i] + (high[i] - low[i]) / 2 + near(nearRanges, i) &&
          bodyTop(open, close, i) >= low[i] + (high[i] - low[i]) / 2 - near(nearRanges, i)
            ? 100
            : 0;
      }
    },
  ),
});
