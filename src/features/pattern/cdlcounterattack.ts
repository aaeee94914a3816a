import { operator } from '../operator.ts';
import { equal, pattern } from './candle.ts';
import { LONG, lacks, opposite, side } from './traits.ts';

/**
 * Counterattack: two long of opposite colours with equal closes.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlcounterattack = operator({
  name: 'cdlcounterattack',
  summary: 'Counterattack',
  formula: 'two long of opposite colours with equal closes',
  source: 'TA-Lib CDLCOUNTERATTACK',
  params: [],
  ...pattern(
    { back: 1, averages: ['candles', 'nearRanges'] },
    ({ in: { 3: close, 4: candles, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          (lacks(candles, i - 1, LONG) | lacks(candles, i, LONG)) === 0 &&
          opposite(candles, i - 1, i) &&
          close[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= close[i - 1] - equal(nearRanges, i - 1)
            ? side(candles, i) * 100
            : 0;
      }
    },
  ),
});
