import { operator } from '../operator.ts';
import { average, body, bodyBottom, bodyTop, color, pattern } from './candle.ts';

/**
 * Rising or falling three methods: long; three short of the other colour, going back inside its range; long of the
 * first colour opening beyond the last close and closing beyond the first.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlrisefall3methods = operator({
  name: 'cdlrisefall3methods',
  summary: 'Rising or falling three methods',
  formula:
    'long; three short of the other colour, going back inside its range; long of the first colour opening beyond the last close and closing beyond the first',
  source: 'TA-Lib CDLRISEFALL3METHODS',
  params: [],
  ...pattern(
    { back: 4, averages: ['bodies'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i - 4) > average(bodies, i - 4) &&
          body(open, close, i - 3) < average(bodies, i - 3) &&
          body(open, close, i - 2) < average(bodies, i - 2) &&
          body(open, close, i - 1) < average(bodies, i - 1) &&
          body(open, close, i) > average(bodies, i) &&
          color(open, close, i - 4) === -color(open, close, i - 3) &&
          color(open, close, i - 3) === color(open, close, i - 2) &&
          color(open, close, i - 2) === color(open, close, i - 1) &&
          color(open, close, i - 1) === -color(open, close, i) &&
          bodyBottom(open, close, i - 3) < high[i - 4] &&
          bodyTop(open, close, i - 3) > low[i - 4] &&
          bodyBottom(open, close, i - 2) < high[i - 4] &&
          bodyTop(open, close, i - 2) > low[i - 4] &&
          bodyBottom(open, close, i - 1) < high[i - 4] &&
          bodyTop(open, close, i - 1) > low[i - 4] &&
          close[i - 2] * color(open, close, i - 4) < close[i - 3] * color(open, close, i - 4) &&
          close[i - 1] * color(open, close, i - 4) < close[i - 2] * color(open, close, i - 4) &&
          open[i] * color(open, close, i - 4) > close[i - 1] * color(open, close, i - 4) &&
          close[i] * color(open, close, i - 4) > close[i - 4] * color(open, close, i - 4)
            ? color(open, close, i - 4) * 100
            : 0;
      }
    },
  ),
});
