import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Morning star: long black; short with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmorningstar = operator({
  name: 'cdlmorningstar',
  summary: 'Morning star, bullish',
  formula: 'long black; short with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGSTAR',
  params: [penetration(0.3)],
  ...pattern('cdlmorningstar', { back: 2 }, ({ 0: open, 3: close }, i, result, { 0: part }) =>
    close[i] > close[i - 2] + body(open, close, i - 2) * part ? result : 0,
  ),
});
