import { operator } from '../operator.ts';
import { body, near, pattern } from './candle.ts';
import { LONG, SHORT, UPPER_NONE, WHITE, is } from './traits.ts';

/**
 * Stalled pattern: three white closing ever higher: long; long with a tiny upper shadow, opening in or near the
 * first body; short, riding on its shoulder.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlstalledpattern = operator({
  name: 'cdlstalledpattern',
  summary: 'Stalled pattern, bearish',
  formula:
    'three white closing ever higher: long; long with a tiny upper shadow, opening in or near the first body; short, riding on its shoulder',
  source: 'TA-Lib CDLSTALLEDPATTERN',
  params: [],
  ...pattern(
    { back: 2, averages: ['candles', 'nearRanges'] },
    ({ in: { 0: open, 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 1, WHITE | LONG | UPPER_NONE) &&
          is(candles, i - 2, WHITE | LONG) &&
          is(candles, i, WHITE | SHORT) &&
          close[i] > close[i - 1] &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] > open[i - 2] &&
          open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
          open[i] >= close[i - 1] - body(open, close, i) - near(nearRanges, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
