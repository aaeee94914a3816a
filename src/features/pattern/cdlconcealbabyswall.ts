import { operator } from '../operator.ts';
import { pattern } from './candle.ts';
import { BLACK, GAP_DOWN, LOWER_NONE, UPPER_NONE, UPPER_SOME, is } from './traits.ts';

/**
 * Concealing baby swallow: four black: two without shadows; one gapping down with an upper shadow into the body
 * before; one that engulfs it, shadows included.
 *
 * Cost: about 10 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlconcealbabyswall = operator({
  name: 'cdlconcealbabyswall',
  summary: 'Concealing baby swallow, bullish',
  formula:
    'four black: two without shadows; one gapping down with an upper shadow into the body before; one that engulfs it, shadows included',
  source: 'TA-Lib CDLCONCEALBABYSWALL',
  params: [],
  ...pattern(
    { back: 3, averages: ['candles'] },
    ({ in: { 1: high, 2: low, 3: close, 4: candles }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] =
          is(candles, i - 3, BLACK | LOWER_NONE | UPPER_NONE) &&
          is(candles, i - 2, BLACK | LOWER_NONE | UPPER_NONE) &&
          is(candles, i - 1, BLACK | GAP_DOWN | UPPER_SOME) &&
          is(candles, i, BLACK) &&
          high[i - 1] > close[i - 2] &&
          high[i] > high[i - 1] &&
          low[i] < low[i - 1]
            ? 100
            : 0;
      }
    },
  ),
});
