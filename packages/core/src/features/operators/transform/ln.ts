import { composite } from '../../contract/operator.ts';

/**
 * Natural logarithm by its TA-Lib name.
 *
 * Cost: that of `log(x)`, which it is.
 */
export const ln = composite({
  name: 'ln',
  family: 'transform',
  version: 1,
  summary: 'Natural logarithm',
  formula: 'log(x[i])',
  source: 'TA-Lib LN',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the value is not positive',
  expand: ['log(x)'],
});
