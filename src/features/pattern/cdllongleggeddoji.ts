import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { DOJI, LOWER_LONG, UPPER_LONG, is } from './traits.ts';

/**
 * Long-legged doji: doji with a shadow longer than its body.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdllongleggeddoji = operator({
  name: 'cdllongleggeddoji',
  summary: 'Long-legged doji',
  formula: 'doji with a shadow longer than its body',
  source: 'TA-Lib CDLLONGLEGGEDDOJI',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, DOJI) && (is(candles, i, LOWER_LONG) || is(candles, i, UPPER_LONG)) ? 100 : 0;
    }
  }),
});
