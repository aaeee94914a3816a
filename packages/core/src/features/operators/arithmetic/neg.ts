import { operator } from '../../contract/operator.ts';

/**
 * The value with its sign turned, as unary minus in an expression.
 *
 * Cost: 1 ns a row.
 */
export const neg = operator({
  name: 'neg',
  family: 'arithmetic',
  version: 1,
  summary: 'Negated value',
  formula: '-x[i]',
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
    for (let i = from; i < to; i++) out[i] = -x[i];
  },
});
