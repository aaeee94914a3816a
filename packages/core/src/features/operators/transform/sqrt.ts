import { operator } from '../../contract/operator.ts';

/**
 * Square root.
 *
 * Cost: 2 ns a row.
 */
export const sqrt = operator({
  name: 'sqrt',
  family: 'transform',
  version: 1,
  summary: 'Square root',
  formula: 'sqrt(x[i])',
  source: 'TA-Lib SQRT',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the value is negative',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = Math.sqrt(x[i]);
  },
});
