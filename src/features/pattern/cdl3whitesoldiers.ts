import { operator } from '../operator.ts';
import { average, body, far, near, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Three white soldiers: three white closing ever higher with tiny upper shadows, each opening in or near the body
 * before, none far shorter than the one before, the third not short.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdl3whitesoldiers = operator({
  name: 'cdl3whitesoldiers',
  summary: 'Three white soldiers, bullish',
  formula:
    'three white closing ever higher with tiny upper shadows, each opening in or near the body before, none far shorter than the one before, the third not short',
  source: 'TA-Lib CDL3WHITESOLDIERS',
  params: [],
  ...pattern(
    { back: 2, averages: ['bodies', 'ranges', 'nearRanges'] },
    ({ in: { 0: open, 1: high, 3: close, 4: bodies, 5: ranges, 6: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          white(open, close, i - 2) &&
          upperShadow(open, high, close, i - 2) < tiny(ranges, i - 2) &&
          white(open, close, i - 1) &&
          upperShadow(open, high, close, i - 1) < tiny(ranges, i - 1) &&
          white(open, close, i) &&
          upperShadow(open, high, close, i) < tiny(ranges, i) &&
          close[i] > close[i - 1] &&
          close[i - 1] > close[i - 2] &&
          open[i - 1] > open[i - 2] &&
          open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
          open[i] > open[i - 1] &&
          open[i] <= close[i - 1] + near(nearRanges, i - 1) &&
          body(open, close, i - 1) > body(open, close, i - 2) - far(nearRanges, i - 2) &&
          body(open, close, i) > body(open, close, i - 1) - far(nearRanges, i - 1) &&
          body(open, close, i) > average(bodies, i)
            ? 100
            : 0;
      }
    },
  ),
});
