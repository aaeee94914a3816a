import { operator } from '../../contract/operator.ts';
import { bodyBottom, bodyTop, pattern } from '../../kernels/candle.ts';
import { BLACK, LONG, SHORT, WHITE, is } from '../../kernels/traits.ts';

/**
 * Rising or falling three methods: long; three short of the other colour, going back inside its range; long of the
 * first colour opening beyond the last close and closing beyond the first.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlrisefall3methods = operator({
  name: 'cdlrisefall3methods',
  summary: 'Rising or falling three methods',
  formula:
    'long; three short of the other colour, going back inside its range; long of the first colour opening beyond the last close and closing beyond the first',
  source: 'TA-Lib CDLRISEFALL3METHODS',
  params: [],
  ...pattern(
    'cdlrisefall3methods',
    {
      back: 4,
    },
    ({ 0: open, 1: high, 2: low, 3: close, 4: bits }, i, result) =>
      (result > 0
        ? is(bits, i - 3, BLACK | SHORT) && is(bits, i - 4, WHITE | LONG) && close[i] > close[i - 4]
        : is(bits, i - 3, WHITE | SHORT) && is(bits, i - 4, BLACK | LONG) && close[i] < close[i - 4]) &&
      bodyBottom(open, close, i - 3) < high[i - 4] &&
      bodyTop(open, close, i - 3) > low[i - 4] &&
      bodyBottom(open, close, i - 2) < high[i - 4] &&
      bodyTop(open, close, i - 2) > low[i - 4] &&
      bodyBottom(open, close, i - 1) < high[i - 4] &&
      bodyTop(open, close, i - 1) > low[i - 4]
        ? result
        : 0,
  ),
});
