import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { BLACK, CLOSE_DOWN, OPEN_DOWN, is } from '../../kernels/traits.ts';

/**
 * Ladder bottom: three black with ever lower opens and closes; black with an upper shadow; white that opens above
 * its body and closes above its high.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlladderbottom = operator({
  name: 'cdlladderbottom',
  summary: 'Ladder bottom, bullish',
  formula:
    'three black with ever lower opens and closes; black with an upper shadow; white that opens above its body and closes above its high',
  source: 'TA-Lib CDLLADDERBOTTOM',
  params: [],
  ...pattern(
    'cdlladderbottom',
    {
      back: 4,
    },
    ({ 1: high, 3: close, 4: bits }, i, result) =>
      close[i] > high[i - 1] && is(bits, i - 3, BLACK | OPEN_DOWN | CLOSE_DOWN) && is(bits, i - 4, BLACK) ? result : 0,
  ),
});
