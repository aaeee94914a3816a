import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Divides by the length of the block it is given. */
export const blockLength = operator({
  name: 'block_length',
  family: 'broken',
  version: 1,
  summary: 'Divides by the length of the block it is given',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] / (to - from);
  },
});
