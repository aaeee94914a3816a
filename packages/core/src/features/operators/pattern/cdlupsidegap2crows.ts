import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, CLOSE_DOWN, GAP_UP, LONG, OPEN_UP, SMALL, WHITE } from '../../kernels/traits.ts';

/**
 * Upside gap two crows: long white; short black with its body above; black that engulfs the second body and closes
 * above the first.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlupsidegap2crows = operator({
  name: 'cdlupsidegap2crows',
  summary: 'Upside gap two crows, bearish',
  formula: 'long white; short black with its body above; black that engulfs the second body and closes above the first',
  source: 'TA-Lib CDLUPSIDEGAP2CROWS',
  params: [],
  ...pattern(
    {
      back: 2,
      bits: 'traits',
      shapes: [shape(-100, BLACK | OPEN_UP | CLOSE_DOWN, BLACK | SMALL | GAP_UP, WHITE | LONG)],
    },
    ({ 3: close }, i, result) => (close[i] > close[i - 2] ? result : 0),
  ),
});
