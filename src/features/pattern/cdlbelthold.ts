import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Belt-hold: long without a shadow at its open.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlbelthold = operator({
  name: 'cdlbelthold',
  summary: 'Belt-hold',
  formula: 'long without a shadow at its open',
  source: 'TA-Lib CDLBELTHOLD',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) > average(bodies, i) &&
          (white(open, close, i) ? lowerShadow(open, low, close, i) : upperShadow(open, high, close, i)) <
            tiny(ranges, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
