import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { type Candles, breakout, confirmed, inside } from './hikkake.ts';

/**
 * Hikkake: a candle inside the one before, then one that breaks out of it, the wrong way: 100 after a break down. Where
 * one of the next three closes beyond the inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 50 ns a row.
 */
export const cdlhikkake = operator({
  name: 'cdlhikkake',
  summary: 'Hikkake; 200 where it is confirmed',
  formula:
    'inside candle; lower high and low (bullish) or higher ones (bearish); confirmed by a close beyond the inside',
  source: 'TA-Lib CDLHIKKAKE',
  params: [],
  ...pattern({ back: 5, averages: [] }, ({ in: c, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = confirmed(hikkake, c, i);
  }),
});

function hikkake(c: Candles, i: number): number {
  return inside(c, i - 1) ? 100 * breakout(c, i) : 0;
}
