import { operator } from '../../contract/operator.ts';
import { body, equal, pattern } from '../../kernels/candle.ts';

/**
 * Thrusting: long black; white that opens below its low and closes in the lower half of its body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlthrusting = operator({
  name: 'cdlthrusting',
  summary: 'Thrusting, bearish',
  formula: 'long black; white that opens below its low and closes in the lower half of its body',
  source: 'TA-Lib CDLTHRUSTING',
  params: [],
  ...pattern(
    'cdlthrusting',
    { back: 1, averages: ['nearRanges'] },
    ({ 0: open, 2: low, 3: close, 5: nearRanges }, i, result) =>
      open[i] < low[i - 1] &&
      close[i] > close[i - 1] + equal(nearRanges, i - 1) &&
      close[i] <= close[i - 1] + body(open, close, i - 1) * 0.5
        ? result
        : 0,
  ),
});
