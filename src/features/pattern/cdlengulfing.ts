import { operator } from '../operator.ts';
import { black, color, pattern, white } from './candle.ts';

/**
 * Engulfing: the body takes in the one before, of the other colour.
 *
 * Cost: about 20 ns a row.
 */
export const cdlengulfing = operator({
  name: 'cdlengulfing',
  summary: 'Engulfing; 80 where the bodies share one end',
  formula: 'the body takes in the one before, of the other colour',
  source: 'TA-Lib CDLENGULFING',
  params: [],
  ...pattern({ back: 1, averages: [], lookback: 2 }, ({ in: { 0: open, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] =
        (white(open, close, i) &&
          black(open, close, i - 1) &&
          ((close[i] >= open[i - 1] && open[i] < close[i - 1]) ||
            (close[i] > open[i - 1] && open[i] <= close[i - 1]))) ||
        (black(open, close, i) &&
          white(open, close, i - 1) &&
          ((open[i] >= close[i - 1] && close[i] < open[i - 1]) || (open[i] > close[i - 1] && close[i] <= open[i - 1])))
          ? color(open, close, i) * (open[i] !== close[i - 1] && close[i] !== open[i - 1] ? 100 : 80)
          : 0;
    }
  }),
});
