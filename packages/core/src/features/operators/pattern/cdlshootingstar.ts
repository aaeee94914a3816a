import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { GAP_UP, LOWER_NONE, SHORT, UPPER_LONG } from '../../kernels/traits.ts';

/**
 * Shooting star: short body above the one before, upper shadow longer than the body, no lower shadow.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlshootingstar = operator({
  name: 'cdlshootingstar',
  summary: 'Shooting star, bearish',
  formula: 'short body above the one before, upper shadow longer than the body, no lower shadow',
  source: 'TA-Lib CDLSHOOTINGSTAR',
  params: [],
  ...pattern({ back: 1, bits: 'traits', shapes: [shape(-100, SHORT | UPPER_LONG | LOWER_NONE | GAP_UP)] }),
});
