import { operator } from '../../contract/operator.ts';
import { body, far, near, pattern } from '../../kernels/candle.ts';

/**
 * Three white soldiers: three white closing ever higher with tiny upper shadows, each opening in or near the body
 * before, none far shorter than the one before, the third not short.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdl3whitesoldiers = operator({
  name: 'cdl3whitesoldiers',
  summary: 'Three white soldiers, bullish',
  formula:
    'three white closing ever higher with tiny upper shadows, each opening in or near the body before, none far shorter than the one before, the third not short',
  source: 'TA-Lib CDL3WHITESOLDIERS',
  params: [],
  ...pattern(
    'cdl3whitesoldiers',
    {
      back: 2,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      open[i - 1] <= close[i - 2] + near(nearRanges, i - 2) &&
      open[i] <= close[i - 1] + near(nearRanges, i - 1) &&
      body(open, close, i - 1) > body(open, close, i - 2) - far(nearRanges, i - 2) &&
      body(open, close, i) > body(open, close, i - 1) - far(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
