import { operator } from '../../contract/operator.ts';
import { body, equal, gapDown, gapUp, near, pattern } from '../../kernels/candle.ts';

/**
 * Up or down gap with side-by-side white lines: two white of near the same body and open, both with a body gap to
 * the candle before them.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdlgapsidesidewhite = operator({
  name: 'cdlgapsidesidewhite',
  summary: 'Up or down gap with side-by-side white lines',
  formula: 'two white of near the same body and open, both with a body gap to the candle before them',
  source: 'TA-Lib CDLGAPSIDESIDEWHITE',
  params: [],
  ...pattern(
    'cdlgapsidesidewhite',
    {
      back: 2,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      (result > 0 ? gapUp(open, close, i, i - 2) : gapDown(open, close, i, i - 2)) &&
      body(open, close, i) >= body(open, close, i - 1) - near(nearRanges, i - 1) &&
      body(open, close, i) <= body(open, close, i - 1) + near(nearRanges, i - 1) &&
      open[i] >= open[i - 1] - equal(nearRanges, i - 1) &&
      open[i] <= open[i - 1] + equal(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
