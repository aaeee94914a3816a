import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Homing pigeon: long black; short black with its body inside the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlhomingpigeon = operator({
  name: 'cdlhomingpigeon',
  summary: 'Homing pigeon, bullish',
  formula: 'long black; short black with its body inside the first',
  source: 'TA-Lib CDLHOMINGPIGEON',
  params: [],
  ...pattern('cdlhomingpigeon', { back: 1 }),
});
