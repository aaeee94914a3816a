import { operator } from '../operator.ts';
import { average, body, gapUp, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Shooting star: short body above the one before, upper shadow longer than the body, no lower shadow.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlshootingstar = operator({
  name: 'cdlshootingstar',
  summary: 'Shooting star, bearish',
  formula: 'short body above the one before, upper shadow longer than the body, no lower shadow',
  source: 'TA-Lib CDLSHOOTINGSTAR',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) < average(bodies, i) &&
          upperShadow(open, high, close, i) > body(open, close, i) &&
          lowerShadow(open, low, close, i) < tiny(ranges, i) &&
          gapUp(open, close, i, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
