import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import {
  BLACK,
  GAP_DOWN,
  GAP_UP,
  HIGH_DOWN,
  HIGH_UP,
  LONG,
  LOW_DOWN,
  LOW_UP,
  WHITE,
  is,
} from '../../kernels/traits.ts';

/**
 * Breakaway: long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth
 * of one colour; the fifth closes inside the gap.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlbreakaway = operator({
  name: 'cdlbreakaway',
  summary: 'Breakaway',
  formula:
    'long; a body gap in its direction; highs and lows going on for two more, the first two and the fourth of one colour; the fifth closes inside the gap',
  source: 'TA-Lib CDLBREAKAWAY',
  params: [],
  ...pattern(
    {
      back: 4,
      bits: 'traits',
      shapes: [
        shape(100, WHITE, BLACK | HIGH_DOWN | LOW_DOWN, HIGH_DOWN | LOW_DOWN),
        shape(-100, BLACK, WHITE | HIGH_UP | LOW_UP, HIGH_UP | LOW_UP),
      ],
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
