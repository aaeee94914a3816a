import { operator } from '../operator.ts';
import { average, body, color, lowerShadow, pattern, tiny, upperShadow, white } from './candle.ts';

/**
 * Closing marubozu: long without a shadow at its close.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlclosingmarubozu = operator({
  name: 'cdlclosingmarubozu',
  summary: 'Closing marubozu',
  formula: 'long without a shadow at its close',
  source: 'TA-Lib CDLCLOSINGMARUBOZU',
  params: [],
  ...pattern(
    { back: 0, averages: ['bodies', 'ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: bodies, 5: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          body(open, close, i) > average(bodies, i) &&
          (white(open, close, i) ? upperShadow(open, high, close, i) : lowerShadow(open, low, close, i)) <
            tiny(ranges, i)
            ? color(open, close, i) * 100
            : 0;
      }
    },
  ),
});
