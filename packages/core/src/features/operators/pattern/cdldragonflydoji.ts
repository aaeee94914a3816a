import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Dragonfly doji: doji with no upper shadow and some lower shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldragonflydoji = operator({
  name: 'cdldragonflydoji',
  summary: 'Dragonfly doji',
  formula: 'doji with no upper shadow and some lower shadow',
  source: 'TA-Lib CDLDRAGONFLYDOJI',
  params: [],
  ...pattern('cdldragonflydoji', { back: 0 }),
});
