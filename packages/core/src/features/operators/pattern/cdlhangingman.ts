import { operator } from '../../contract/operator.ts';
import { bodyBottom, near, pattern } from '../../kernels/candle.ts';

/**
 * Hanging man: short body near the high before, lower shadow longer than the body, no upper shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhangingman = operator({
  name: 'cdlhangingman',
  summary: 'Hanging man, bearish',
  formula: 'short body near the high before, lower shadow longer than the body, no upper shadow',
  source: 'TA-Lib CDLHANGINGMAN',
  params: [],
  ...pattern(
    'cdlhangingman',
    { back: 1, averages: ['nearRanges'] },
    ({ 0: open, 1: high, 3: close, 5: nearRanges }, i, result) =>
      bodyBottom(open, close, i) >= high[i - 1] - near(nearRanges, i - 1) ? result : 0,
  ),
});
