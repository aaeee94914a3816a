import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, CLOSE_UP, LONG, LOW_DOWN, OPEN_UP, SHORT, WHITE } from '../../kernels/traits.ts';

/**
 * Unique three river: long black; black with a lower low and its body inside the first; short white that opens
 * above that low.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlunique3river = operator({
  name: 'cdlunique3river',
  summary: 'Unique three river, bullish',
  formula: 'long black; black with a lower low and its body inside the first; short white that opens above that low',
  source: 'TA-Lib CDLUNIQUE3RIVER',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'traits',
      shapes: [shape(100, SHORT | WHITE, { has: BLACK | CLOSE_UP | LOW_DOWN, not: OPEN_UP }, LONG | BLACK)],
    },
    ({ 0: open, 2: low }, i, result) => (open[i] > low[i - 1] ? result : 0),
  ),
});
