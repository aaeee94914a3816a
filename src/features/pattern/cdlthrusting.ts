import { operator } from '../operator.ts';
import { average, black, body, equal, pattern, white } from './candle.ts';

/**
 * Thrusting: long black; white that opens below its low and closes in the lower half of its body.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlthrusting = operator({
  name: 'cdlthrusting',
  summary: 'Thrusting, bearish',
  formula: 'long black; white that opens below its low and closes in the lower half of its body',
  source: 'TA-Lib CDLTHRUSTING',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'nearRanges'] },
    ({ in: { 0: open, 2: low, 3: close, 4: bodies, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 1) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          white(open, close, i) &&
          open[i] < low[i - 1] &&
          close[i] > close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] <= close[i - 1] + body(open, close, i - 1) * 0.5
            ? -100
            : 0;
      }
    },
  ),
});
