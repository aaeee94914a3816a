import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * Separating lines: two of opposite colours with equal opens, the second long without a shadow at its open.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlseparatinglines = operator({
  name: 'cdlseparatinglines',
  summary: 'Separating lines',
  formula: 'two of opposite colours with equal opens, the second long without a shadow at its open',
  source: 'TA-Lib CDLSEPARATINGLINES',
  params: [],
  ...pattern(
    'cdlseparatinglines',
    {
      back: 1,
      averages: ['nearRanges'],
    },
    ({ 0: open, 5: nearRanges }, i, result) =>
      open[i] <= open[i - 1] + equal(nearRanges, i - 1) && open[i] >= open[i - 1] - equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
