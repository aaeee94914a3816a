import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Writes a row that is not of its block yet. */
export const writesNextRow = operator({
  name: 'writes_next_row',
  family: 'broken',
  version: 1,
  summary: 'Writes a row that is not of its block yet',
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
    for (let i = from; i < to; i++) {
      out[i] = x[i];
      out[i + 1] = x[i];
    }
  },
});
