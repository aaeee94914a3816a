import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * Stick sandwich: black; white that stays above its close; black that closes where the first did.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdlsticksandwich = operator({
  name: 'cdlsticksandwich',
  summary: 'Stick sandwich, bullish',
  formula: 'black; white that stays above its close; black that closes where the first did',
  source: 'TA-Lib CDLSTICKSANDWICH',
  params: [],
  ...pattern(
    'cdlsticksandwich',
    { back: 2, averages: ['nearRanges'] },
    ({ 2: low, 3: close, 5: nearRanges }, i, result) =>
      low[i - 1] > close[i - 2] &&
      close[i] <= close[i - 2] + equal(nearRanges, i - 2) &&
      close[i] >= close[i - 2] - equal(nearRanges, i - 2)
        ? result
        : 0,
  ),
});
