import { operator } from '../../contract/operator.ts';
import { RUNNING_TOTAL_SLOTS, runningTotal } from '../../kernels/running-total.ts';

/**
 * Running total of signed volume since the first bar, summed without rounding. It depends on where it starts: take
 * differences of it. A row with NaN is skipped.
 *
 * Cost: 6 ns a row.
 */
export const cumulativeDelta = operator({
  name: 'cumulative_delta',
  family: 'microstructure',
  version: 1,
  summary: 'Cumulative volume delta',
  formula: 'ofi[0] + ... + ofi[i]',
  source: 'plain',
  inputs: ['ofi'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => RUNNING_TOTAL_SLOTS,
  run: ({ in: { 0: ofi }, out: { 0: out }, state }, from, to) => runningTotal(ofi, out, from, to, state),
});
