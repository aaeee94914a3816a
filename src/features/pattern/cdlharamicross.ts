import { operator } from '../operator.ts';
import { average, body, bodyBottom, bodyTop, color, pattern, tiny } from './candle.ts';

/**
 * Harami cross: long; doji with its body inside the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlharamicross = operator({
  name: 'cdlharamicross',
  summary: 'Harami cross; 80 where the bodies share one end',
  formula: 'long; doji with its body inside the first',
  source: 'TA-Lib CDLHARAMICROSS',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 1) > average(bodies, i - 1) &&
          body(open, close, i) <= tiny(ranges, i) &&
          bodyTop(open, close, i) <= bodyTop(open, close, i - 1) &&
          bodyBottom(open, close, i) >= bodyBottom(open, close, i - 1)
            ? -color(open, close, i - 1) *
              (bodyTop(open, close, i) < bodyTop(open, close, i - 1) &&
              bodyBottom(open, close, i) > bodyBottom(open, close, i - 1)
                ? 100
                : 80)
            : 0;
      }
    },
  ),
});
