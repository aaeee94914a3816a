import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Abandoned baby: long; doji that gaps away from both neighbours, shadows included; the third, not short, comes
 * back into the first body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlabandonedbaby = operator({
  name: 'cdlabandonedbaby',
  summary: 'Abandoned baby',
  formula:
    'long; doji that gaps away from both neighbours, shadows included; the third, not short, comes back into the first body',
  source: 'TA-Lib CDLABANDONEDBABY',
  params: [penetration(0.3)],
  ...pattern(
    'cdlabandonedbaby',
    {
      back: 2,
    },
    ({ 0: open, 1: high, 2: low, 3: close }, i, result, { 0: part }) =>
      (
        result < 0
          ? close[i] < close[i - 2] - body(open, close, i - 2) * part &&
            low[i - 1] > high[i - 2] &&
            high[i] < low[i - 1]
          : close[i] > close[i - 2] + body(open, close, i - 2) * part &&
            high[i - 1] < low[i - 2] &&
            low[i] > high[i - 1]
      )
        ? result
        : 0,
  ),
});
