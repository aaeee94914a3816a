import { WINDOW_SUM_SLOTS, windowSum } from '../../../base/window.ts';
import { operator, period } from '../../contract/operator.ts';

/**
 * Simple moving average: `mean of the last period values`. The sum is exact and rounded once, so the value depends on the
 * window alone (TA-Lib's running sum depends on where it started).
 *
 * Cost: about 5 ns a row for any period.
 */
export const sma = operator({
  name: 'sma',
  family: 'overlap',
  version: 1,
  summary: 'Simple moving average',
  formula: '(x[i-period+1] + ... + x[i]) / period',
  source: 'TA-Lib SMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => WINDOW_SUM_SLOTS,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    windowSum(x, out, from, to, n, state);
    for (let i = from; i < to; i++) out[i] /= n;
  },
  instruction: { name: 'sma' },
});
