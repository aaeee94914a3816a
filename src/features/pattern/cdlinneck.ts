import { operator } from '../operator.ts';
import { average, black, body, equal, pattern, white } from './candle.ts';

/**
 * In-neck: long black; white that opens below its low and closes at or just above its close.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlinneck = operator({
  name: 'cdlinneck',
  summary: 'In-neck, bearish',
  formula: 'long black; white that opens below its low and closes at or just above its close',
  source: 'TA-Lib CDLINNECK',
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
          close[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= close[i - 1]
            ? -100
            : 0;
      }
    },
  ),
});
