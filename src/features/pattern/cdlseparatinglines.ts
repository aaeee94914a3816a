import { operator } from '../operator.ts';
import { average, body, color, equal, lowerShadow, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Separating lines: two of opposite colours with equal opens, the second long without a shadow at its open.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlseparatinglines = operator({
  name: 'cdlseparatinglines',
  summary: 'Separating lines',
  formula: 'two of opposite colours with equal opens, the second long without a shadow at its open',
  source: 'TA-Lib CDLSEPARATINGLINES',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'ranges', 'nearRanges'] },
    (
      { in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges, 6: nearRanges }, out: { 0: out } },
      from,
      to,
    ) => {
      for (let i = from; i < to; i++) {
        out[i] =
          color(open, close, i - 1) === -color(open, close, i) &&
          open[i] <= open[i - 1] + equal(nearRanges, i - 1) &&
          open[i] >= open[i - 1] - equal(nearRanges, i - 1) &&
          body(open, close, i) > average(bodies, i) &&
          (white(open, close, i) ? lowerShadow(open, low, close, i) : upperShadow(open, high, close, i)) <
            tiny(ranges, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
