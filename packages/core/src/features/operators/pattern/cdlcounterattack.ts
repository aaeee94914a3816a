import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * Counterattack: two long of opposite colours with equal closes.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlcounterattack = operator({
  name: 'cdlcounterattack',
  summary: 'Counterattack',
  formula: 'two long of opposite colours with equal closes',
  source: 'TA-Lib CDLCOUNTERATTACK',
  params: [],
  ...pattern(
    'cdlcounterattack',
    {
      back: 1,
      averages: ['nearRanges'],
    },
    ({ 3: close, 5: nearRanges }, i, result) =>
      close[i] <= close[i - 1] + equal(nearRanges, i - 1) && close[i] >= close[i - 1] - equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
