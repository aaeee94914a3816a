import { operator } from '../../contract/operator.ts';
import { body, near, pattern } from '../../kernels/candle.ts';

/**
 * Stalled pattern: three white closing ever higher: long; long with a tiny upper shadow, opening in or near the
 * first body; short, riding on its shoulder.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlstalledpattern = operator({
  name: 'cdlstalledpattern',
  summary: 'Stalled pattern, bearish',
  formula:
    'three white closing ever higher: long; long with a tiny upper shadow, opening in or near the first body; short, riding on its shoulder',
  source: 'TA-Lib CDLSTALLEDPATTERN',
  params: [],
  ...pattern(
    'cdlstalledpattern',
    {
      back: 2,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
      open[i] >= close[i - 1] - body(open, close, i) - near(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
