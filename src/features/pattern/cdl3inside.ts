import { operator } from '../operator.ts';
import { average, black, body, bodyBottom, bodyTop, color, pattern, white } from './candle.ts';

/**
 * Three inside up or down: long; short with its body inside the first; the third turns against the first and closes
 * beyond its open.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl3inside = operator({
  name: 'cdl3inside',
  summary: 'Three inside up or down',
  formula: 'long; short with its body inside the first; the third turns against the first and closes beyond its open',
  source: 'TA-Lib CDL3INSIDE',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          body(open, close, i - 1) <= average(bodies, i - 1) &&
          bodyTop(open, close, i - 1) < bodyTop(open, close, i - 2) &&
          bodyBottom(open, close, i - 1) > bodyBottom(open, close, i - 2) &&
          ((white(open, close, i - 2) && black(open, close, i) && close[i] < open[i - 2]) ||
            (black(open, close, i - 2) && white(open, close, i) && close[i] > open[i - 2]))
            ? -color(open, close, i - 2) * 100
            : 0;
      }
    },
  ),
});
