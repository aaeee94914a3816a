import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Two crows: long white; black with a body gap above it; black from inside the second body to inside the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl2crows = operator({
  name: 'cdl2crows',
  summary: 'Two crows, bearish',
  formula: 'long white; black with a body gap above it; black from inside the second body to inside the first',
  source: 'TA-Lib CDL2CROWS',
  params: [],
  ...pattern(
    'cdl2crows',
    {
      back: 2,
    },
    ({ 0: open, 3: close }, i, result) => (close[i] > open[i - 2] && close[i] < close[i - 2] ? result : 0),
  ),
});
