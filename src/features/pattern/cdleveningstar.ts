import { operator } from '../operator.ts';
import { average, black, body, gapUp, pattern, penetration, white } from './candle.ts';

/**
 * Evening star: long white; short with its body above; black, not short, closing well inside the first body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdleveningstar = operator({
  name: 'cdleveningstar',
  summary: 'Evening star, bearish',
  formula: 'long white; short with its body above; black, not short, closing well inside the first body',
  source: 'TA-Lib CDLEVENINGSTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          white(open, close, i - 2) &&
          body(open, close, i - 1) <= average(bodies, i - 1) &&
          gapUp(open, close, i - 1, i - 2) &&
          body(open, close, i) > average(bodies, i) &&
          black(open, close, i) &&
          close[i] < close[i - 2] - body(open, close, i - 2) * part
            ? -100
            : 0;
      }
    },
  ),
});
