import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Inverted hammer: short body below the one before, upper shadow longer than the body, no lower shadow.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlinvertedhammer = operator({
  name: 'cdlinvertedhammer',
  summary: 'Inverted hammer, bullish',
  formula: 'short body below the one before, upper shadow longer than the body, no lower shadow',
  source: 'TA-Lib CDLINVERTEDHAMMER',
  params: [],
  ...pattern('cdlinvertedhammer', { back: 1 }),
});
