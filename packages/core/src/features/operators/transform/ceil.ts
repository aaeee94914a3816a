import { operator } from '../../contract/operator.ts';

/**
 * Least whole number that is not below the value.
 *
 * Cost: 1 ns a row.
 */
export const ceil = operator({
  name: 'ceil',
  family: 'transform',
  version: 1,
  summary: 'Rounded up',
  formula: 'ceil(x[i])',
  source: 'TA-Lib CEIL',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = Math.ceil(x[i]);
  },
});
