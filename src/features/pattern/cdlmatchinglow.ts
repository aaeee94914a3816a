import { operator } from '../operator.ts';
import { black, equal, pattern } from './candle.ts';

/**
 * Matching low: two black with equal closes.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlmatchinglow = operator({
  name: 'cdlmatchinglow',
  summary: 'Matching low, bullish',
  formula: 'two black with equal closes',
  source: 'TA-Lib CDLMATCHINGLOW',
  params: [],
  ...pattern(
    { back: 1, averages: ['nearRanges'] },
    ({ in: { 0: open, 3: close, 4: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 1) &&
          black(open, close, i) &&
          close[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= close[i - 1] - equal(nearRanges, i - 1)
            ? 100
            : 0;
      }
    },
  ),
});
