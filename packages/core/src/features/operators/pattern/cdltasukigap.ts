import { operator } from '../../contract/operator.ts';
import { body, bodyBottom, bodyTop, near, pattern } from '../../kernels/candle.ts';

/**
 * Tasuki gap: a body gap; the third, of the other colour and near the same body, opens in the second and closes
 * inside the gap.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdltasukigap = operator({
  name: 'cdltasukigap',
  summary: 'Tasuki gap',
  formula:
    'a body gap; the third, of the other colour and near the same body, opens in the second and closes inside the gap',
  source: 'TA-Lib CDLTASUKIGAP',
  params: [],
  ...pattern(
    'cdltasukigap',
    {
      back: 2,
      averages: ['nearRanges'],
    },
    ({ 0: open, 3: close, 5: nearRanges }, i, result) =>
      (result > 0 ? close[i] > bodyTop(open, close, i - 2) : close[i] < bodyBottom(open, close, i - 2)) &&
      Math.abs(body(open, close, i - 1) - body(open, close, i)) < near(nearRanges, i - 1)
        ? result
        : 0,
  ),
});
