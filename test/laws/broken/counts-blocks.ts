import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Gives the right values, but its state tells how the input was cut. */
export const countsBlocks = operator({
  name: 'counts_blocks',
  family: 'broken',
  version: 1,
  summary: 'Gives the right values, but its state tells how the input was cut',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    state[0]++;
    for (let i = from; i < to; i++) out[i] = x[i];
  },
});
