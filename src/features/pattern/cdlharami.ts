import { operator } from '../operator.ts';
import { average, body, bodyBottom, bodyTop, color, pattern } from './candle.ts';

/**
 * Harami: long; short with its body inside the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlharami = operator({
  name: 'cdlharami',
  summary: 'Harami; 80 where the bodies share one end',
  formula: 'long; short with its body inside the first',
  source: 'TA-Lib CDLHARAMI',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 1) > average(bodies, i - 1) &&
          body(open, close, i) <= average(bodies, i) &&
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
