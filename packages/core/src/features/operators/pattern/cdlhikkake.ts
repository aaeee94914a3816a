import { operator } from '../../contract/operator.ts';
import { awaiting } from '../../kernels/hikkake.ts';
import { shape } from '../../kernels/shape.ts';
import { HIGH_DOWN, HIGH_UP, LOW_DOWN, LOW_UP } from '../../kernels/traits.ts';

/**
 * Hikkake: a candle inside the one before, then one that breaks out of it, the wrong way: 100 after a break down. Where
 * one of the next three closes beyond the inside candle, the other way, it is confirmed with 200.
 *
 * Cost: about 6 ns a row, and that of the steps, which all patterns share.
 */
export const cdlhikkake = operator({
  name: 'cdlhikkake',
  summary: 'Hikkake; 200 where it is confirmed',
  formula:
    'inside candle; lower high and low (bullish) or higher ones (bearish); confirmed by a close beyond the inside',
  source: 'TA-Lib CDLHIKKAKE',
  params: [],
  ...awaiting({
    back: 5,
    bits: 'steps',
    shapes: [shape(100, HIGH_DOWN | LOW_DOWN, HIGH_DOWN | LOW_UP), shape(-100, HIGH_UP | LOW_UP, HIGH_DOWN | LOW_UP)],
  }),
});
