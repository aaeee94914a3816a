import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Reads further back than it declares, which holds until the buffer slides. */
export const unstatedHistory = operator({
  name: 'unstated_history',
  family: 'broken',
  version: 1,
  summary: 'Reads further back than it declares, which holds until the buffer slides',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 3,
  memory: () => ({ class: 'finite', rows: 4 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - 3];
  },
});
