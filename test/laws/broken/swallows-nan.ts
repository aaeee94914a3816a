import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** The greatest value of the window, in which a NaN loses every comparison. */
export const swallowsNan = operator({
  name: 'swallows_nan',
  family: 'broken',
  version: 1,
  summary: 'The greatest value of the window, in which a NaN loses every comparison',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      if (state[0] < n) state[0]++;
      out[i] = state[0] < n ? NaN : -Infinity;
      for (let k = i - n + 1; k <= i; k++) if (x[k] > out[i]) out[i] = x[k];
      if (out[i] === -Infinity) out[i] = 0;
    }
  },
});
