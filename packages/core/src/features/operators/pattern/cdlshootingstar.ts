import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Shooting star: short body above the one before, upper shadow longer than the body, no lower shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlshootingstar = operator({
  name: 'cdlshootingstar',
  summary: 'Shooting star, bearish',
  formula: 'short body above the one before, upper shadow longer than the body, no lower shadow',
  source: 'TA-Lib CDLSHOOTINGSTAR',
  params: [],
  ...pattern('cdlshootingstar', { back: 1 }),
});
