import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Morning doji star: long black; doji with its body below; white, not short, closing well inside the first body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdlmorningdojistar = operator({
  name: 'cdlmorningdojistar',
  summary: 'Morning doji star, bullish',
  formula: 'long black; doji with its body below; white, not short, closing well inside the first body',
  source: 'TA-Lib CDLMORNINGDOJISTAR',
  params: [penetration(0.3)],
  ...pattern('cdlmorningdojistar', { back: 2 }, ({ 0: open, 3: close }, i, result, { 0: part }) =>
    close[i] > close[i - 2] + body(open, close, i - 2) * part ? result : 0,
  ),
});
