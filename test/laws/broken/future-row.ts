import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** Reads the row after the current one. */
export const futureRow = operator({
  name: 'future_row',
  family: 'broken',
  version: 1,
  summary: 'Reads the row after the current one',
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
    for (let i = from; i < to; i++) out[i] = x[i] === x[i] ? (x[i + 1] > x[i] ? 1 : 0) : NaN;
  },
});
