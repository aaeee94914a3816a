import { operator } from '../../contract/operator.ts';
import { equal, pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, LONG, WHITE } from '../../kernels/traits.ts';

/**
 * Counterattack: two long of opposite colours with equal closes.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlcounterattack = operator({
  name: 'cdlcounterattack',
  summary: 'Counterattack',
  formula: 'two long of opposite colours with equal closes',
  source: 'TA-Lib CDLCOUNTERATTACK',
  params: [],
  ...pattern(
    {
      back: 1,
      bits: 'traits',
      averages: ['nearRanges'],
      shapes: [shape(100, LONG | WHITE, LONG | BLACK), shape(-100, LONG | BLACK, LONG | WHITE)],
    },
    ({ 3: close, 5: nearRanges }, i, result) =>
      close[i] <= close[i - 1] + equal(nearRanges, i - 1) && close[i] >= close[i - 1] - equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
