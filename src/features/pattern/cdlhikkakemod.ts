import { operator } from '../operator.ts';
import { near, pattern } from './candle.ts';
import { WAITING_SLOTS, breakout, confirm, inside } from './hikkake.ts';

/**
 * Modified hikkake: two candles each inside the one before, the first of them closing near its low (high), then a break
 * down (up): 100 (-100). Where one of the next three closes beyond the last inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 20 ns a row, and that of the average, which all patterns share.
 */
export const cdlhikkakemod = operator({
  name: 'cdlhikkakemod',
  summary: 'Modified hikkake; 200 where it is confirmed',
  formula:
    'two inside candles, the first closing near its low (bullish) or high (bearish); lower high and low, or higher ones; confirmed by a close beyond the last inside',
  source: 'TA-Lib CDLHIKKAKEMOD',
  params: [],
  ...pattern({ back: 5, averages: ['nearRanges'], slots: WAITING_SLOTS }, (io, from, to) => {
    const { 1: high, 2: low, 3: close, 4: nearRanges } = io.in;
    const { 0: out } = io.out;
    for (let i = from; i < to; i++) {
      out[i] = 0;
      if (!inside(high, low, i - 1) || !inside(high, low, i - 2)) continue;
      const broken = breakout(high, low, i);
      const size = near(nearRanges, i - 2);
      const met = broken > 0 ? close[i - 2] <= low[i - 2] + size : close[i - 2] >= high[i - 2] - size;
      if (met) out[i] = 100 * broken;
    }
    confirm(io, from, to);
  }),
});
