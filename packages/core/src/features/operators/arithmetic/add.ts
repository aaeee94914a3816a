import { operator } from '../../contract/operator.ts';

/**
 * Sum of two values: `a + b`, as the sign in an expression.
 *
 * Cost: 1 ns a row.
 */
export const add = operator({
  name: 'add',
  family: 'arithmetic',
  version: 1,
  summary: 'Sum of two values',
  formula: 'a[i] + b[i]',
  source: 'plain',
  inputs: ['a', 'b'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: a, 1: b }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = a[i] + b[i];
  },
  instruction: { name: 'add' },
});
