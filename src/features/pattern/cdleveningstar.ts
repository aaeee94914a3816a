import { operator } from '../operator.ts';
import { body, pattern, penetration } from './candle.ts';
import { BLACK, GAP_UP, LONG, SMALL, WHITE, is } from './traits.ts';

/**
 * Evening star: long white; short with its body above; black, not short, closing well inside the first body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdleveningstar = operator({
  name: 'cdleveningstar',
  summary: 'Evening star, bearish',
  formula: 'long white; short with its body above; black, not short, closing well inside the first body',
  source: 'TA-Lib CDLEVENINGSTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, SMALL | GAP_UP) &&
          is(candles, i - 2, LONG | WHITE) &&
          is(candles, i, LONG | BLACK) &&
          close[i] < close[i - 2] - body(open, close, i - 2) * part
            ? -100
            : 0;
      }
    },
  ),
});
