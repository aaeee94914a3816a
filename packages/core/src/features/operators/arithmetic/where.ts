import { operator } from '../../contract/operator.ts';

/**
 * Choice: a where the condition is true (not 0), b where it is 0, NaN where it is NaN. What is not chosen may be NaN.
 *
 * Cost: 6 ns a row.
 */
export const where = operator({
  name: 'where',
  family: 'arithmetic',
  version: 1,
  summary: 'One of two values by a condition',
  formula: 'condition[i] != 0 ? a[i] : b[i]',
  source: 'plain',
  inputs: ['condition', 'a', 'b'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'value',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: condition, 1: a, 2: b }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = condition[i] !== condition[i] ? NaN : condition[i] !== 0 ? a[i] : b[i];
  },
  instruction: { name: 'where' },
});
