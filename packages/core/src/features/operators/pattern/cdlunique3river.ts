import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Unique three river: long black; black with a lower low and its body inside the first; short white that opens
 * above that low.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlunique3river = operator({
  name: 'cdlunique3river',
  summary: 'Unique three river, bullish',
  formula: 'long black; black with a lower low and its body inside the first; short white that opens above that low',
  source: 'TA-Lib CDLUNIQUE3RIVER',
  params: [],
  ...pattern(
    'cdlunique3river',
    {
      back: 2,
    },
    ({ 0: open, 2: low }, i, result) => (open[i] > low[i - 1] ? result : 0),
  ),
});
