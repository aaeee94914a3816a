import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Says that its window is shorter where less is asked of it, though a window is what it is. */
export const finiteWhenFine = operator({
  name: 'finite_when_fine',
  family: 'broken',
  version: 1,
  summary: 'Says that its window is shorter where less is asked of it',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: (_, tolerance) => ({ class: 'finite', rows: tolerance > 1e-9 ? 1 : 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - 1];
  },
});
