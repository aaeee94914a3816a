import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * In-neck: long black; white that opens below its low and closes at or just above its close.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlinneck = operator({
  name: 'cdlinneck',
  summary: 'In-neck, bearish',
  formula: 'long black; white that opens below its low and closes at or just above its close',
  source: 'TA-Lib CDLINNECK',
  params: [],
  ...pattern(
    'cdlinneck',
    {
      back: 1,
      averages: ['nearRanges'],
    },
    ({ 0: open, 2: low, 3: close, 5: nearRanges }, i, result) =>
      open[i] < low[i - 1] && close[i] <= close[i - 1] + equal(nearRanges, i - 1) ? result : 0,
  ),
});
