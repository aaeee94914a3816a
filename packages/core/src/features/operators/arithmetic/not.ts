import { operator } from '../../contract/operator.ts';

/**
 * Flag: 1 where the value is 0, 0 where it is anything else, NaN where it is NaN. Written `not x`.
 *
 * Cost: 3 ns a row.
 */
export const not = operator({
  name: 'not',
  family: 'arithmetic',
  version: 1,
  summary: '1 where the value is false',
  formula: 'x[i] == 0 ? 1 : 0',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] !== x[i] ? NaN : x[i] === 0 ? 1 : 0;
  },
});
