import { exactSum } from '../../../base/exact.ts';
import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: values seen (up to the period), the average. While seeding, the exact sum runs in slots 1 and 2. */
const SEEN = 0;
const AVERAGE = 1;
const SEED = 2;

/**
 * Exponential moving average with TA-Lib's seed: the simple average of the first `period` values, then
 * `ema += 2 / (period + 1) * (x - ema)`. A row with NaN is skipped: no value, and the average is held.
 *
 * Cost: 3 ns a row, the latency of its own recursion.
 */
export const ema = operator({
  name: 'ema',
  family: 'overlap',
  version: 1,
  summary: 'Exponential moving average',
  formula: 'ema[i] = ema[i-1] + 2 / (period + 1) * (x[i] - ema[i-1]); first value: mean of the first period values',
  source: 'TA-Lib EMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), n, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: ([n]) => SEED + n,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const alpha = 2 / (n + 1);
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
        average += alpha * (value - average);
        out[i] = average;
      } else out[i] = NaN;
    }
    state[SEEN] = seen;
    state[AVERAGE] = average;
  },
  instruction: { name: 'ema', numbers: ([n]) => [n, 2 / (n + 1)] },
});
