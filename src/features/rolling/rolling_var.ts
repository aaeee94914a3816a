import { WINDOW_SUM_SLOTS, windowSum } from '../../core/window.ts';
import { operator, period } from '../operator.ts';
import { centralSquares } from './central.ts';

/**
 * Sample variance of the last period values (divided by period - 1), around their exact mean. It depends on the window
 * alone and does not cancel; a constant window gives 0.
 *
 * Cost: about 10 ns a row, and 1 ns for each row of the window.
 */
export const rollingVar = operator({
  name: 'rolling_var',
  family: 'rolling',
  version: 1,
  summary: 'Rolling sample variance',
  formula: 'sum of (x - mean)^2 over the window / (period - 1)',
  source: 'pandas Series.rolling.var',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => WINDOW_SUM_SLOTS,
  run: ({ in: [x], out: [out], params: [n], state }, from, to) => {
    windowSum(x, out, from, to, n, state);
    for (let i = from; i < to; i++) out[i] = centralSquares(x, i - n + 1, i + 1, out[i] / n) / (n - 1);
  },
});
