import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Upside gap two crows: long white; short black with its body above; black that engulfs the second body and closes
 * above the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlupsidegap2crows = operator({
  name: 'cdlupsidegap2crows',
  summary: 'Upside gap two crows, bearish',
  formula: 'long white; short black with its body above; black that engulfs the second body and closes above the first',
  source: 'TA-Lib CDLUPSIDEGAP2CROWS',
  params: [],
  ...pattern(
    'cdlupsidegap2crows',
    {
      back: 2,
    },
    ({ 3: close }, i, result) => (close[i] > close[i - 2] ? result : 0),
  ),
});
