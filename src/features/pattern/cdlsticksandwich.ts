import { operator } from '../operator.ts';
import { black, equal, pattern, white } from './candle.ts';

/**
 * Stick sandwich: black; white that stays above its close; black that closes where the first did.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlsticksandwich = operator({
  name: 'cdlsticksandwich',
  summary: 'Stick sandwich, bullish',
  formula: 'black; white that stays above its close; black that closes where the first did',
  source: 'TA-Lib CDLSTICKSANDWICH',
  params: [],
  ...pattern(
    { back: 2, averages: ['nearRanges'] },
    ({ in: { 0: open, 2: low, 3: close, 4: nearRanges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 2) &&
          white(open, close, i - 1) &&
          black(open, close, i) &&
          low[i - 1] > close[i - 2] &&
          close[i] <= close[i - 2] + equal(nearRanges, i - 2) &&
          close[i] >= close[i - 2] - equal(nearRanges, i - 2)
            ? 100
            : 0;
      }
    },
  ),
});
