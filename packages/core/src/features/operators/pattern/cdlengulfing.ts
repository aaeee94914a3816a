import { operator } from '../../contract/operator.ts';
import { pattern } from '../../kernels/candle.ts';

/**
 * Engulfing: the body takes in the one before, of the other colour.
 *
 * Cost: about 3 ns a row, and that of the steps, which all patterns share.
 */
export const cdlengulfing = operator({
  name: 'cdlengulfing',
  summary: 'Engulfing; 80 where the bodies share one end',
  formula: 'the body takes in the one before, of the other colour',
  source: 'TA-Lib CDLENGULFING',
  params: [],
  ...pattern(
    'cdlengulfing',
    {
      back: 1,
      lookback: 2,
    },
    ({ 0: open, 3: close }, i, result) => {
      const shared = +(open[i] === close[i - 1]) + +(close[i] === open[i - 1]);
      return shared === 0 ? result : shared === 1 ? 0.8 * result : 0;
    },
  ),
});
