import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';

/**
 * Identical three crows: three black closing ever lower with tiny lower shadows, each opening at the close before.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlidentical3crows = operator({
  name: 'cdlidentical3crows',
  summary: 'Identical three crows, bearish',
  formula: 'three black closing ever lower with tiny lower shadows, each opening at the close before',
  source: 'TA-Lib CDLIDENTICAL3CROWS',
  params: [],
  ...pattern(
    'cdlidentical3crows',
    {
      back: 2,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      open[i - 1] <= close[i - 2] + equal(nearRanges, i - 2) &&
      open[i - 1] >= close[i - 2] - equal(nearRanges, i - 2) &&
      open[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
      open[i] >= close[i - 1] - equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
