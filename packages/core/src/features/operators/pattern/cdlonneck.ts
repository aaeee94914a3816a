import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * On-neck: long black; white that opens below its low and closes at its low.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlonneck = operator({
  name: 'cdlonneck',
  summary: 'On-neck, bearish',
  formula: 'long black; white that opens below its low and closes at its low',
  source: 'TA-Lib CDLONNECK',
  params: [],
  ...pattern(
    'cdlonneck',
    { back: 1, averages: ['nearRanges'] },
    ({ 0: open, 2: low, 3: close, 5: nearRanges }, i, result) =>
      open[i] < low[i - 1] &&
      close[i] <= low[i - 1] + equal(nearRanges, i - 1) &&
      close[i] >= low[i - 1] - equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
