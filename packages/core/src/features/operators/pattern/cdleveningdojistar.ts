import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Evening doji star: long white; doji with its body above; black, not short, closing well inside the first body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdleveningdojistar = operator({
  name: 'cdleveningdojistar',
  summary: 'Evening doji star, bearish',
  formula: 'long white; doji with its body above; black, not short, closing well inside the first body',
  source: 'TA-Lib CDLEVENINGDOJISTAR',
  params: [penetration(0.3)],
  ...pattern('cdleveningdojistar', { back: 2 }, ({ 0: open, 3: close }, i, result, { 0: part }) =>
    close[i] < close[i - 2] - body(open, close, i - 2) * part ? result : 0,
  ),
});
