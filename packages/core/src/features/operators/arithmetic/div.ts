import { operator } from '../../contract/operator.ts';

/**
 * Quotient of two values: `a / b`, as the sign in an expression. Division by zero has no value; infinity would poison
 * what follows.
 *
 * Cost: 5 ns a row.
 */
export const div = operator({
  name: 'div',
  family: 'arithmetic',
  version: 1,
  summary: 'Quotient of two values',
  formula: 'a[i] / b[i]',
  source: 'plain',
  inputs: ['a', 'b'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the divisor is 0, or so small that the quotient is not finite',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: a, 1: b }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const quotient = a[i] / b[i];
      out[i] = quotient - quotient === 0 ? quotient : NaN;
    }
  },
  instruction: { name: 'div' },
});
