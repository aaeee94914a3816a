import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { WAITING_SLOTS, breakout, confirm, inside } from './hikkake.ts';

/**
 * Hikkake: a candle inside the one before, then one that breaks out of it, the wrong way: 100 after a break down. Where
 * one of the next three closes beyond the inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 15 ns a row.
 */
export const cdlhikkake = operator({
  name: 'cdlhikkake',
  summary: 'Hikkake; 200 where it is confirmed',
  formula:
    'inside candle; lower high and low (bullish) or higher ones (bearish); confirmed by a close beyond the inside',
  source: 'TA-Lib CDLHIKKAKE',
  params: [],
  ...pattern({ back: 5, averages: [], slots: WAITING_SLOTS }, (io, from, to) => {
    const { 1: high, 2: low } = io.in;
    const { 0: out } = io.out;
    for (let i = from; i < to; i++) out[i] = inside(high, low, i - 1) ? 100 * breakout(high, low, i) : 0;
    confirm(io, from, to);
  }),
});
