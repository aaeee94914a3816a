import { operator } from '../../contract/operator.ts';
import { awaiting } from '../../kernels/hikkake.ts';

/**
 * Hikkake: a candle inside the one before, then one that breaks out of it, the wrong way: 100 after a break down. Where
 * one of the next three closes beyond the inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 3 ns a row, and that of the steps, which all patterns share.
 */
export const cdlhikkake = operator({
  name: 'cdlhikkake',
  summary: 'Hikkake; 200 where it is confirmed',
  formula:
    'inside candle; lower high and low (bullish) or higher ones (bearish); confirmed by a close beyond the inside',
  source: 'TA-Lib CDLHIKKAKE',
  params: [],
  ...awaiting('cdlhikkake', {
    back: 5,
  }),
});
