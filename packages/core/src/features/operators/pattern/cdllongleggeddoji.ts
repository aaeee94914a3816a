import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Long-legged doji: doji with a shadow longer than its body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdllongleggeddoji = operator({
  name: 'cdllongleggeddoji',
  summary: 'Long-legged doji',
  formula: 'doji with a shadow longer than its body',
  source: 'TA-Lib CDLLONGLEGGEDDOJI',
  params: [],
  ...pattern('cdllongleggeddoji', { back: 0 }),
});
