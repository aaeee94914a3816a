import { operator } from '../../contract/operator.ts';
import { bodyBottom, bodyTop, near, pattern } from '../../kernels/candle.ts';

/**
 * Rickshaw man: doji near the middle of its range, both shadows longer than the body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlrickshawman = operator({
  name: 'cdlrickshawman',
  summary: 'Rickshaw man',
  formula: 'doji near the middle of its range, both shadows longer than the body',
  source: 'TA-Lib CDLRICKSHAWMAN',
  params: [],
  ...pattern(
    'cdlrickshawman',
    { back: 0, averages: ['nearRanges'] },
    ({ 0: open, 1: high, 2: low, 3: close, 5: nearRanges }, i, result) =>
      bodyBottom(open, close, i) <= low[i] + (high[i] - low[i]) / 2 + near(nearRanges, i) &&
      bodyTop(open, close, i) >= low[i] + (high[i] - low[i]) / 2 - near(nearRanges, i)
        ? result
        : 0,
  ),
});
