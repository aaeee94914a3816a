import { operator } from '../../contract/operator.ts';
import { body, pattern } from '../../kernels/candle.ts';

/**
 * Piercing: long black; long white that opens below its low and closes in the upper half of its body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlpiercing = operator({
  name: 'cdlpiercing',
  summary: 'Piercing, bullish',
  formula: 'long black; long white that opens below its low and closes in the upper half of its body',
  source: 'TA-Lib CDLPIERCING',
  params: [],
  ...pattern('cdlpiercing', { back: 1 }, ({ 0: open, 2: low, 3: close }, i, result) =>
    open[i] < low[i - 1] && close[i] > close[i - 1] + body(open, close, i - 1) * 0.5 ? result : 0,
  ),
});
