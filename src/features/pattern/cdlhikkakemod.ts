import { operator } from '../operator.ts';
import { near, pattern } from './candle.ts';
import { type Candles, breakout, confirmed, inside } from './hikkake.ts';

/**
 * Modified hikkake: two candles each inside the one before, the first of them closing near its low (high), then a break
 * down (up): 100 (-100). Where one of the next three closes beyond the last inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 50 ns a row, and that of the average, which all patterns share.
 */
export const cdlhikkakemod = operator({
  name: 'cdlhikkakemod',
  summary: 'Modified hikkake; 200 where it is confirmed',
  formula:
    'two inside candles, the first closing near its low (bullish) or high (bearish); lower high and low, or higher ones; confirmed by a close beyond the last inside',
  source: 'TA-Lib CDLHIKKAKEMOD',
  params: [],
  ...pattern({ back: 5, averages: ['nearRanges'] }, ({ in: c, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = confirmed(hikkakemod, c, i);
  }),
});

function hikkakemod(c: Candles, i: number): number {
  if (!inside(c, i - 2) || !inside(c, i - 1)) return 0;
  const { 1: high, 2: low, 3: close, 4: nearRanges } = c;
  const broken = breakout(c, i);
  const size = near(nearRanges, i - 2);
  const met = broken > 0 ? close[i - 2] <= low[i - 2] + size : close[i - 2] >= high[i - 2] - size;
  return met ? 100 * broken : 0;
}
