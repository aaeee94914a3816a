import { operator } from '../../../packages/core/src/features/contract/operator.ts';

let rows = 0;

/** Counts rows in a variable of its module, which the next run finds as it was left. */
export const moduleGlobal = operator({
  name: 'module_global',
  family: 'broken',
  version: 1,
  summary: 'Counts rows in a variable of its module, which the next run finds as it was left',
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
    for (let i = from; i < to; i++) out[i] = x[i] === x[i] ? ++rows : NaN;
  },
});
