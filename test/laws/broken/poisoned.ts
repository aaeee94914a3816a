import { fadingMemory, operator } from '../../../packages/core/src/features/contract/operator.ts';

/** An average that a single NaN makes NaN for good. */
export const poisoned = operator({
  name: 'poisoned',
  family: 'broken',
  version: 1,
  summary: 'An average that a single NaN makes NaN for good',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: (_, tolerance) => fadingMemory(0.5, 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      state[1] = state[0] === 0 ? x[i] : state[1] + 0.5 * (x[i] - state[1]);
      state[0] = 1;
      out[i] = state[1];
    }
  },
});
