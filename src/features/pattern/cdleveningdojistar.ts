import { operator } from '../operator.ts';
import { average, black, body, gapUp, pattern, penetration, tiny, white } from './candle.ts';

/**
 * Evening doji star: long white; doji with its body above; black, not short, closing well inside the first body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdleveningdojistar = operator({
  name: 'cdleveningdojistar',
  summary: 'Evening doji star, bearish',
  formula: 'long white; doji with its body above; black, not short, closing well inside the first body',
  source: 'TA-Lib CDLEVENINGDOJISTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 3: close, 4: bodies, 5: ranges }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          white(open, close, i - 2) &&
          body(open, close, i - 1) <= tiny(ranges, i - 1) &&
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
