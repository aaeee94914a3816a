import { operator } from '../operator.ts';
import { average, black, body, gapDown, pattern, penetration, tiny, white } from './candle.ts';

/**
 * Morning doji star: long black; doji with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlmorningdojistar = operator({
  name: 'cdlmorningdojistar',
  summary: 'Morning doji star, bullish',
  formula: 'long black; doji with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGDOJISTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 3: close, 4: bodies, 5: ranges }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          black(open, close, i - 2) &&
          body(open, close, i - 1) <= tiny(ranges, i - 1) &&
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
