import { operator } from '../../contract/operator.ts';

/**
 * Flag: 1 where a is at least b, 0 where it is not, NaN where one of them is NaN. Written `a >= b`.
 *
 * Cost: 3 ns a row.
 */
export const ge = operator({
  name: 'ge',
  family: 'arithmetic',
  version: 1,
  summary: '1 where a is at least b',
  formula: 'a[i] >= b[i] ? 1 : 0',
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
    for (let i = from; i < to; i++) out[i] = a[i] !== a[i] || b[i] !== b[i] ? NaN : a[i] >= b[i] ? 1 : 0;
  },
  instruction: { name: 'ge' },
});
