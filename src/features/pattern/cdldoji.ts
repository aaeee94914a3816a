import { operator } from '../operator.ts';
import { body, pattern, tiny } from './candle.ts';

/**
 * Doji: body of at most a tenth of the average range.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdldoji = operator({
  name: 'cdldoji',
  summary: 'Doji',
  formula: 'body of at most a tenth of the average range',
  source: 'TA-Lib CDLDOJI',
  params: [],
  ...pattern(
    { back: 0, averages: ['ranges'] },
    ({ in: { 0: open, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = body(open, close, i) <= tiny(ranges, i) ? 100 : 0;
      }
    },
  ),
});
