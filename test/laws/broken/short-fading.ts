import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Declares that it forgets sooner than it does. */
export const shortFading = operator({
  name: 'short_fading',
  family: 'broken',
  version: 1,
  summary: 'Declares that it forgets sooner than it does',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'fading', rows: 20, tolerance: 1e-9 }),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (x[i] !== x[i]) continue;
      state[1] = state[0] === 0 ? x[i] : state[1] + 0.1 * (x[i] - state[1]);
      state[0] = 1;
      out[i] = state[1];
    }
  },
});
