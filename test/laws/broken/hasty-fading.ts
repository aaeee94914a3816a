import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Declares what is so to 1e-9, and far too little to coarser tolerances. */
export const hastyFading = operator({
  name: 'hasty_fading',
  family: 'broken',
  version: 1,
  summary: 'Declares what is so to 1e-9, and far too little to coarser tolerances',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: (_, tolerance) => ({ class: 'fading', rows: tolerance > 1e-9 ? 3 : 250, tolerance }),
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
