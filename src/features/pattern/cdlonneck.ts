import { operator } from '../operator.ts';
import { average, black, body, equal, pattern, white } from './candle.ts';

/**
 * On-neck: long black; white that opens below its low and closes at its low.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlonneck = operator({
  name: 'cdlonneck',
  summary: 'On-neck, bearish',
  formula: 'long black; white that opens below its low and closes at its low',
  source: 'TA-Lib CDLONNECK',
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
          close[i] <= low[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= low[i - 1] - equal(nearRanges, i - 1)
            ? -100
            : 0;
      }
    },
  ),
});
