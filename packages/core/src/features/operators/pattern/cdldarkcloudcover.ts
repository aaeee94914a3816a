import { operator } from '../../contract/operator.ts';
import { body, pattern, penetration } from '../../kernels/candle.ts';

/**
 * Dark cloud cover: long white; black that opens above its high and closes well inside its body.
 *
 * Cost: about 3 ns a row, and that of the traits and averages, which all patterns share.
 */
export const cdldarkcloudcover = operator({
  name: 'cdldarkcloudcover',
  summary: 'Dark cloud cover, bearish',
  formula: 'long white; black that opens above its high and closes well inside its body',
  source: 'TA-Lib CDLDARKCLOUDCOVER',
  params: [penetration(0.5)],
  ...pattern('cdldarkcloudcover', { back: 1 }, ({ 0: open, 1: high, 3: close }, i, result, { 0: part }) =>
    open[i] > high[i - 1] && close[i] < close[i - 1] - body(open, close, i - 1) * part ? result : 0,
  ),
});
