import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { DOJI, is } from './traits.ts';

/**
 * Doji: body of at most a tenth of the average range.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldoji = operator({
  name: 'cdldoji',
  summary: 'Doji',
  formula: 'body of at most a tenth of the average range',
  source: 'TA-Lib CDLDOJI',
  params: [],
  ...pattern({ back: 0, averages: ['candles'] }, ({ in: { 4: candles }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = is(candles, i, DOJI) ? 100 : 0;
    }
  }),
});
