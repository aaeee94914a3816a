import { operator } from '../../../packages/core/src/features/contract/operator.ts';

/** What a table from elsewhere says for an hour since the epoch. */
const table = (hour: number): number => ((hour * 7919) % 101) / 1e4;

/** A table that is looked up by the time of the bar, the next hour of it. */
export const tableByTime = operator({
  name: 'table_by_time',
  family: 'broken',
  version: 1,
  summary: 'Looks a table up by the time of the bar, the next hour of it',
  formula: 'none',
  source: 'none',
  inputs: ['close', 'close_time'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x, 1: at }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] * (1 + table(Math.floor(at[i] / 3_600_000_000) + 1));
  },
});
