import { operator } from '../../contract/operator.ts';

/**
 * Flag: 1 where both are true (not 0), NaN where one of them is NaN. Written `a and b`.
 *
 * Cost: 3 ns a row.
 */
export const and = operator({
  name: 'and',
  family: 'arithmetic',
  version: 1,
  summary: '1 where both are true',
  formula: 'a[i] != 0 and b[i] != 0 ? 1 : 0',
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
    for (let i = from; i < to; i++) out[i] = a[i] !== a[i] || b[i] !== b[i] ? NaN : a[i] !== 0 && b[i] !== 0 ? 1 : 0;
  },
  instruction: { name: 'and' },
});
