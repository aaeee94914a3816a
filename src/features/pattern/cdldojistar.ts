import { operator } from '../operator.ts';
import { average, black, body, color, gapDown, gapUp, pattern, tiny, white } from './candle.ts';

/**
 * Doji star: long; doji whose body gaps away in its direction.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdldojistar = operator({
  name: 'cdldojistar',
  summary: 'Doji star',
  formula: 'long; doji whose body gaps away in its direction',
  source: 'TA-Lib CDLDOJISTAR',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 1) > average(bodies, i - 1) &&
          body(open, close, i) <= tiny(ranges, i) &&
          ((white(open, close, i - 1) && gapUp(open, close, i, i - 1)) ||
            (black(open, close, i - 1) && gapDown(open, close, i, i - 1)))
            ? -color(open, close, i - 1) * 100
            : 0;
      }
    },
  ),
});
