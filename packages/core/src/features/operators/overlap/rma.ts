import { exactSum } from '../../../base/exact.ts';
import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: values seen (up to the period), the average; while seeding, the values. */
const SEEN = 0;
const AVERAGE = 1;
const SEED = 2;

/**
 * Wilder's average: an exponential one with weight `1 / period`, seeded by the mean of the first `period` values. `atr` is this of
 * the true range. A row with NaN is skipped: no value, and the average is held.
 *
 * Cost: 3 ns a row, the latency of its own recursion.
 */
export const rma = operator({
  name: 'rma',
  family: 'overlap',
  version: 1,
  summary: "Wilder's moving average",
  formula: 'rma[i] = rma[i-1] + (x[i] - rma[i-1]) / period; first value: mean of the first period values',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib RMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n], tolerance) => fadingMemory(1 / n, n, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: ([n]) => SEED + n,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const weight = 1 / n;
    let i = from;
    let seen = state[SEEN];
    let average = state[AVERAGE];
    for (; i < to && seen < n; i++) {
      out[i] = NaN;
      if (x[i] !== x[i]) continue;
      state[SEED + seen++] = x[i];
      if (seen === n) out[i] = average = exactSum(state, SEED, SEED + n) / n;
    }
    for (; i < to; i++) {
      const value = x[i];
      if (value === value) {
        // With a period of 1 the sum would round.
        average = n === 1 ? value : average + weight * (value - average);
        out[i] = average;
      } else out[i] = NaN;
    }
    state[SEEN] = seen;
    state[AVERAGE] = average;
  },
});
