import { operator } from '../operator.ts';
import { average, black, body, color, pattern, penetration, tiny, white } from './candle.ts';

/**
 * Abandoned baby: long; doji that gaps away from both neighbours, shadows included; the third, not short, comes
 * back into the first body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlabandonedbaby = operator({
  name: 'cdlabandonedbaby',
  summary: 'Abandoned baby',
  formula:
    'long; doji that gaps away from both neighbours, shadows included; the third, not short, comes back into the first body',
  source: 'TA-Lib CDLABANDONEDBABY',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges'] },
    (
      { in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out }, params: { 0: part } },
      from,
      to,
    ) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 2) > average(bodies, i - 2) &&
          body(open, close, i - 1) <= tiny(ranges, i - 1) &&
          body(open, close, i) > average(bodies, i) &&
          ((white(open, close, i - 2) &&
            black(open, close, i) &&
            close[i] < close[i - 2] - body(open, close, i - 2) * part &&
            low[i - 1] > high[i - 2] &&
            high[i] < low[i - 1]) ||
            (black(open, close, i - 2) &&
              white(open, close, i) &&
              close[i] > close[i - 2] + body(open, close, i - 2) * part &&
              high[i - 1] < low[i - 2] &&
              low[i] > high[i - 1]))
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
