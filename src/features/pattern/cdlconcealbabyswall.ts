import { operator } from '../operator.ts';
import { black, gapDown, lowerShadow, pattern, tiny, upperShadow } from './candle.ts';

/**
 * Concealing baby swallow: four black: two without shadows; one gapping down with an upper shadow into the body
 * before; one that engulfs it, shadows included.
 *
 * Cost: about 20 ns a row, and that of the averages, which all patterns share.
 */
export const cdlconcealbabyswall = operator({
  name: 'cdlconcealbabyswall',
  summary: 'Concealing baby swallow, bullish',
  formula:
    'four black: two without shadows; one gapping down with an upper shadow into the body before; one that engulfs it, shadows included',
  source: 'TA-Lib CDLCONCEALBABYSWALL',
  params: [],
  ...pattern(
    { back: 3, averages: ['ranges'] },
    ({ in: { 0: open, 1: high, 2: low, 3: close, 4: ranges }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          black(open, close, i - 3) &&
          black(open, close, i - 2) &&
          black(open, close, i - 1) &&
          black(open, close, i) &&
          lowerShadow(open, low, close, i - 3) < tiny(ranges, i - 3) &&
          upperShadow(open, high, close, i - 3) < tiny(ranges, i - 3) &&
          lowerShadow(open, low, close, i - 2) < tiny(ranges, i - 2) &&
          upperShadow(open, high, close, i - 2) < tiny(ranges, i - 2) &&
          gapDown(open, close, i - 1, i - 2) &&
          upperShadow(open, high, close, i - 1) > tiny(ranges, i - 1) &&
          high[i - 1] > close[i - 2] &&
          high[i] > high[i - 1] &&
          low[i] < low[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
