import { operator } from '../operator.ts';
import { average, black, body, gapDown, pattern, penetration, white } from './candle.ts';

/**
 * Morning star: long black; short with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlmorningstar = operator({
  name: 'cdlmorningstar',
  summary: 'Morning star, bullish',
  formula: 'long black; short with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGSTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['bodies'] },
    ({ in: { 0: open, 3: close, 4: bodies }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          black(open, close, i - 2) &&
          body(open, close, i - 1) <= average(bodies, i - 1) &&
          gapDown(open, close, i - 1, i - 2) &&
          body(open, close, i) > average(bodies, i) &&
          white(open, close, i) &&
          close[i] > close[i - 2] + body(open, close, i - 2) * part
            ? 100
            : 0;
      }
    },
  ),
});
