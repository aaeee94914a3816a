import { operator } from '../../contract/operator.ts';
import { near } from '../../kernels/candle.ts';
import { awaiting } from '../../kernels/hikkake.ts';

/**
 * Modified hikkake: two candles each inside the one before, the first of them closing near its low (high), then a break
 * down (up): 100 (-100). Where one of the next three closes beyond the last inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 3 ns a row, and that of the steps and averages, which all patterns share.
 */
export const cdlhikkakemod = operator({
  name: 'cdlhikkakemod',
  summary: 'Modified hikkake; 200 where it is confirmed',
  formula:
    'two inside candles, the first closing near its low (bullish) or high (bearish); lower high and low, or higher ones; confirmed by a close beyond the last inside',
  source: 'TA-Lib CDLHIKKAKEMOD',
  params: [],
  ...awaiting(
    'cdlhikkakemod',
    {
      back: 5,
      averages: ['nearRanges'],
    },
    ({ 1: high, 2: low, 3: close, 5: nearRanges }, i, result) => {
      const size = near(nearRanges, i - 2);
      const met = result > 0 ? close[i - 2] <= low[i - 2] + size : close[i - 2] >= high[i - 2] - size;
      return met ? result : 0;
    },
  ),
});
