import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';
import { shape } from '../../kernels/shape.ts';
import { BLACK, DOJI, GAP_DOWN, LONG, WHITE } from '../../kernels/traits.ts';

/**
 * Morning doji star: long black; doji with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 6 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmorningdojistar = operator({
  name: 'cdlmorningdojistar',
  summary: 'Morning doji star, bullish',
  formula: 'long black; doji with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGDOJISTAR',
  params: [penetration(0.3)],
  ...pattern(
    { back: 2, bits: 'traits', shapes: [shape(100, LONG | WHITE, DOJI | GAP_DOWN, LONG | BLACK)] },
    ({ 0: open, 3: close }, i, result, { 0: part }) =>
      close[i] > close[i - 2] + body(open, close, i - 2) * part ? result : 0,
  ),
});
