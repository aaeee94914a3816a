import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, GAP_UP, LONG, OPEN_DOWN, OPEN_OVER_CLOSE, WHITE } from '../../kernels/traits.ts';

/**
 * Two crows: long white; black with a body gap above it; black from inside the second body to inside the first.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl2crows = operator({
  name: 'cdl2crows',
  summary: 'Two crows, bearish',
  formula: 'long white; black with a body gap above it; black from inside the second body to inside the first',
  source: 'TA-Lib CDL2CROWS',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'traits',
      shapes: [shape(-100, BLACK | OPEN_DOWN | OPEN_OVER_CLOSE, BLACK | GAP_UP, WHITE | LONG)],
    },
    ({ 0: open, 3: close }, i, result) => (close[i] > open[i - 2] && close[i] < close[i - 2] ? result : 0),
  ),
});
