import { operator } from '../operator.ts';
import { average, body, near, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Stalled pattern: three white closing ever higher: long; long with a tiny upper shadow, opening in or near the
 * first body; short, riding on its shoulder.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlstalledpattern = operator({
  name: 'cdlstalledpattern',
  summary: 'Stalled pattern, bearish',
  formula:
    'three white closing ever higher: long; long with a tiny upper shadow, opening in or near the first body; short, riding on its shoulder',
  source: 'TA-Lib CDLSTALLEDPATTERN',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges', 'nearRanges'] },
    ({ in: { 0: open, 1: high, 3: close, 4: bodies, 5: ranges, 6: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          white(open, close, i - 2) &&
          white(open, close, i - 1) &&
          white(open, close, i) &&
          close[i] > close[i - 1] &&
          close[i - 1] > close[i - 2] &&
          body(open, close, i - 2) > average(bodies, i - 2) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          upperShadow(open, high, close, i - 1) < tiny(ranges, i - 1) &&
          open[i - 1] > open[i - 2] &&
          open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
          body(open, close, i) < average(bodies, i) &&
          open[i] >= close[i - 1] - body(open, close, i) - near(nearRanges, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
