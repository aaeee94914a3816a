import { operator } from '../../../packages/core/src/features/contract/operator.ts';

const last = new WeakMap<Float64Array, number>();

/** Remembers the last value beside its state, where no snapshot finds it. */
export const hiddenMemory = operator({
  name: 'hidden_memory',
  family: 'broken',
  version: 1,
  summary: 'Remembers the last value beside its state, where no snapshot finds it',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 0,
  slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = x[i] - (last.get(state) ?? NaN);
      last.set(state, x[i]);
    }
  },
});
