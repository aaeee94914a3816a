import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Declares that it never forgets, which is not so. */
export const unboundedMean = operator({
  name: 'unbounded_mean',
  family: 'broken',
  version: 1,
  summary: 'Declares that it never forgets, which is not so',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = 2 * x[i];
  },
});
