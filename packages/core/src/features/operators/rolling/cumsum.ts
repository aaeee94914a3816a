import { operator } from '../../contract/operator.ts';
import { RUNNING_TOTAL_SLOTS, runningTotal } from '../../kernels/running-total.ts';

/**
 * Sum of all values since the first row, without rounding. It depends on where it starts: take differences of it. A row with NaN is skipped.
 *
 * Cost: 6 ns a row.
 */
export const cumsum = operator({
  name: 'cumsum',
  family: 'rolling',
  version: 1,
  summary: 'Sum since the start',
  formula: 'x[0] + ... + x[i]',
  source: 'TA-Lib CUMSUM',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => RUNNING_TOTAL_SLOTS,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => runningTotal(x, out, from, to, state),
});
