import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Long line: long body, both shadows short.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdllongline = operator({
  name: 'cdllongline',
  summary: 'Long line',
  formula: 'long body, both shadows short',
  source: 'TA-Lib CDLLONGLINE',
  params: [],
  ...pattern('cdllongline', {
    back: 0,
  }),
});
