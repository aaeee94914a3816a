import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Doji: body of at most a tenth of the average range.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldoji = operator({
  name: 'cdldoji',
  summary: 'Doji',
  formula: 'body of at most a tenth of the average range',
  source: 'TA-Lib CDLDOJI',
  params: [],
  ...pattern('cdldoji', { back: 0 }),
});
