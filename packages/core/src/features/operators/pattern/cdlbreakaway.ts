import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { BLACK, GAP_DOWN, GAP_UP, LONG, WHITE, is } from '../../kernels/traits.ts';

/**
 * Breakaway: long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth
 * of one colour; the fifth closes inside the gap.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbreakaway = operator({
  name: 'cdlbreakaway',
  summary: 'Breakaway',
  formula:
    'long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth of one colour; the fifth closes inside the gap',
  source: 'TA-Lib CDLBREAKAWAY',
  params: [],
  ...pattern(
    'cdlbreakaway',
    {
      back: 4,
    },
    ({ 0: open, 3: close, 4: bits }, i, result) =>
      (
        result > 0
          ? is(bits, i - 3, BLACK | GAP_DOWN) &&
            is(bits, i - 4, BLACK | LONG) &&
            close[i] > open[i - 3] &&
            close[i] < close[i - 4]
          : is(bits, i - 3, WHITE | GAP_UP) &&
            is(bits, i - 4, WHITE | LONG) &&
            close[i] < open[i - 3] &&
            close[i] > close[i - 4]
      )
        ? result
        : 0,
  ),
});
