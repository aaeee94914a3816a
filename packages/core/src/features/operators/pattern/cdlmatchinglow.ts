import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * Matching low: two black with equal closes.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdlmatchinglow = operator({
  name: 'cdlmatchinglow',
  summary: 'Matching low, bullish',
  formula: 'two black with equal closes',
  source: 'TA-Lib CDLMATCHINGLOW',
  params: [],
  ...pattern('cdlmatchinglow', { back: 1, averages: ['nearRanges'] }, ({ 3: close, 5: nearRanges }, i, result) =>
    close[i] <= close[i - 1] + equal(nearRanges, i - 1) && close[i] >= close[i - 1] - equal(nearRanges, i - 1)
      ? result
      : 0,
  ),
});
