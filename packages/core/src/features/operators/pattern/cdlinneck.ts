import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, CLOSE_DOWN, LONG, WHITE } from '../../kernels/traits.ts';

/**
 * In-neck: long black; white that opens below its low and closes at or just above its close.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlinneck = operator({
  name: 'cdlinneck',
  summary: 'In-neck, bearish',
  formula: 'long black; white that opens below its low and closes at or just above its close',
  source: 'TA-Lib CDLINNECK',
  params: [],
  ...pattern(
    {
      back: 1,
      bits: 'traits',
      averages: ['nearRanges'],
      shapes: [shape(-100, { has: WHITE, not: CLOSE_DOWN }, BLACK | LONG)],
    },
    ({ 0: open, 2: low, 3: close, 5: nearRanges }, i, result) =>
      open[i] < low[i - 1] && close[i] <= close[i - 1] + equal(nearRanges, i - 1) ? result : 0,
  ),
});
