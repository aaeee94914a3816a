import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Evening star: long white; short with its body above; black, not short, closing well inside the first body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdleveningstar = operator({
  name: 'cdleveningstar',
  summary: 'Evening star, bearish',
  formula: 'long white; short with its body above; black, not short, closing well inside the first body',
  source: 'TA-Lib CDLEVENINGSTAR',
  params: [penetration(0.3)],
  ...pattern('cdleveningstar', { back: 2 }, ({ 0: open, 3: close }, i, result, { 0: part }) =>
    close[i] < close[i - 2] - body(open, close, i - 2) * part ? result : 0,
  ),
});
