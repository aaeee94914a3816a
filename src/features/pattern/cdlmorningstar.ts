import { operator } from '../operator.ts';
import { body, pattern, penetration } from './candle.ts';
import { BLACK, GAP_DOWN, LONG, SMALL, WHITE, is } from './traits.ts';

/**
 * Morning star: long black; short with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmorningstar = operator({
  name: 'cdlmorningstar',
  summary: 'Morning star, bullish',
  formula: 'long black; short with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGSTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['candles'] },
    ({ in: { 0: open, 3: close, 4: candles }, out: { 0: out }, params: { 0: part } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, SMALL | GAP_DOWN) &&
          is(candles, i - 2, LONG | BLACK) &&
          is(candles, i, LONG | WHITE) &&
          close[i] > close[i - 2] + body(open, close, i - 2) * part
            ? 100
            : 0;
      }
    },
  ),
});
