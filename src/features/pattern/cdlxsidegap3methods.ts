import { operator } from '../operator.ts';
import { black, bodyBottom, bodyTop, color, gapDown, gapUp, pattern, white } from './candle.ts';

/**
 * Up or down gap three methods: two of one colour with a body gap between; the third, of the other colour, opens in
 * the second body and closes in the first.
 *
 * Cost: about 20 ns a row.
 */
export const cdlxsidegap3methods = operator({
  name: 'cdlxsidegap3methods',
  summary: 'Up or down gap three methods',
  formula:
    'two of one colour with a body gap between; the third, of the other colour, opens in the second body and closes in the first',
  source: 'TA-Lib CDLXSIDEGAP3METHODS',
  params: [],
  ...pattern({ back: 2, averages: [] }, ({ in: { 0: open, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] =
        color(open, close, i - 2) === color(open, close, i - 1) &&
        color(open, close, i - 1) === -color(open, close, i) &&
        open[i] < bodyTop(open, close, i - 1) &&
        open[i] > bodyBottom(open, close, i - 1) &&
        close[i] < bodyTop(open, close, i - 2) &&
        close[i] > bodyBottom(open, close, i - 2) &&
        ((white(open, close, i - 2) && gapUp(open, close, i - 1, i - 2)) ||
          (black(open, close, i - 2) && gapDown(open, close, i - 1, i - 2)))
          ? color(open, close, i - 2) * 100
          : 0;
    }
  }),
});
