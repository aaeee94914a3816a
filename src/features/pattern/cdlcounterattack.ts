import { operator } from '../operator.ts';
import { average, body, color, equal, pattern } from './candle.ts';

/**
 * Counterattack: two long of opposite colours with equal closes.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlcounterattack = operator({
  name: 'cdlcounterattack',
  summary: 'Counterattack',
  formula: 'two long of opposite colours with equal closes',
  source: 'TA-Lib CDLCOUNTERATTACK',
  params: [],
  ...pattern(
    { back: 1, averages: ['bodies', 'nearRanges'] },
    ({ in: { 0: open, 3: close, 4: bodies, 5: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          color(open, close, i - 1) === -color(open, close, i) &&
          body(open, close, i - 1) > average(bodies, i - 1) &&
          body(open, close, i) > average(bodies, i) &&
          close[i] <= close[i - 1] + equal(nearRanges, i - 1) &&
          close[i] >= close[i - 1] - equal(nearRanges, i - 1)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
