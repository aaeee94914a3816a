import { operator } from '../operator.ts';
import { body, equal, gapDown, gapUp, near, pattern, white } from './candle.ts';

/**
 * Up or down gap with side-by-side white lines: two white of near the same body and open, both with a body gap to
 * the candle before them.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlgapsidesidewhite = operator({
  name: 'cdlgapsidesidewhite',
  summary: 'Up or down gap with side-by-side white lines',
  formula: 'two white of near the same body and open, both with a body gap to the candle before them',
  source: 'TA-Lib CDLGAPSIDESIDEWHITE',
  params: [],
  ...pattern(
    { back: 2, averages: ['nearRanges'] },
    ({ in: { 0: open, 3: close, 4: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          ((gapUp(open, close, i - 1, i - 2) && gapUp(open, close, i, i - 2)) ||
            (gapDown(open, close, i - 1, i - 2) && gapDown(open, close, i, i - 2))) &&
          white(open, close, i - 1) &&
          white(open, close, i) &&
          body(open, close, i) >= body(open, close, i - 1) - near(nearRanges, i - 1) &&
          body(open, close, i) <= body(open, close, i - 1) + near(nearRanges, i - 1) &&
          open[i] >= open[i - 1] - equal(nearRanges, i - 1) &&
          open[i] <= open[i - 1] + equal(nearRanges, i - 1)
            ? gapUp(open, close, i - 1, i - 2)
              ? 100
              : -100
            : 0;
      }
    },
  ),
});
