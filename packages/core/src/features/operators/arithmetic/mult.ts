import { composite } from '../../contract/operator.ts';

/**
 * Product of two values by its TA-Lib name.
 *
 * Cost: that of `mul(a, b)`, which it is.
 */
export const mult = composite({
  name: 'mult',
  family: 'arithmetic',
  version: 1,
  summary: 'Product of two values',
  formula: 'a[i] * b[i]',
  source: 'TA-Lib MULT',
  inputs: ['a', 'b'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  expand: ['mul(a, b)'],
});
