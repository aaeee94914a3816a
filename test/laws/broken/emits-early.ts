import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** The mean of what there is while the window is not full. */
export const emitsEarly = operator({
  name: 'emits_early',
  family: 'broken',
  version: 1,
  summary: 'The mean of what there is while the window is not full',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      let sum = 0;
      let count = 0;
      for (let k = i - n + 1; k <= i; k++) {
        if (x[k] !== x[k]) continue;
        sum += x[k];
        count++;
      }
      out[i] = count > 0 ? sum / count : NaN;
    }
  },
});
