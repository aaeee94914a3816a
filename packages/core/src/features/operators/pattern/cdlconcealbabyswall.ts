import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';
import { BLACK, LOWER_NONE, UPPER_NONE, is } from '../../kernels/traits.ts';

/**
 * Concealing baby swallow: four black: two without shadows; one gapping down with an upper shadow into the body
 * before; one that engulfs it, shadows included.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlconcealbabyswall = operator({
  name: 'cdlconcealbabyswall',
  summary: 'Concealing baby swallow, bullish',
  formula:
    'four black: two without shadows; one gapping down with an upper shadow into the body before; one that engulfs it, shadows included',
  source: 'TA-Lib CDLCONCEALBABYSWALL',
  params: [],
  ...pattern(
    'cdlconcealbabyswall',
    {
      back: 3,
    },
    ({ 1: high, 3: close, 4: bits }, i, result) =>
      is(bits, i - 3, BLACK | LOWER_NONE | UPPER_NONE) && high[i - 1] > close[i - 2] ? result : 0,
  ),
});
