import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** A running mean in the state, which a single NaN makes NaN for good, and data without one never shows. */
export const poisonedForEver = operator({
  name: 'poisoned_for_ever',
  family: 'broken',
  version: 1,
  summary: 'A running mean in the state, which a single NaN makes NaN for good, and data without one never shows',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (state[0] += x[i]) / ++state[1];
  },
});
