import { operator } from '../../contract/operator.ts';
import { bodyBottom, near, pattern } from '../../kernels/candle.ts';

/**
 * Hammer: short body near the low before, lower shadow longer than the body, no upper shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhammer = operator({
  name: 'cdlhammer',
  summary: 'Hammer, bullish',
  formula: 'short body near the low before, lower shadow longer than the body, no upper shadow',
  source: 'TA-Lib CDLHAMMER',
  params: [],
  ...pattern(
    'cdlhammer',
    { back: 1, averages: ['nearRanges'] },
    ({ 0: open, 2: low, 3: close, 5: nearRanges }, i, result) =>
      bodyBottom(open, close, i) <= low[i - 1] + near(nearRanges, i - 1) ? result : 0,
  ),
});
