import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** A mean from a running sum, which keeps the rounding of every print that ever passed. */
export const runningSum = operator({
  name: 'running_sum',
  family: 'broken',
  version: 1,
  summary: 'A mean from a running sum, which keeps the rounding of every print that ever passed',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      const entering = x[i];
      const leaving = x[i - n];
      if (entering === entering) {
        state[0] += entering;
        state[1]++;
      }
      if (leaving === leaving) {
        state[0] -= leaving;
        state[1]--;
      }
      out[i] = state[1] === n ? state[0] / n : NaN;
    }
  },
});
