import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * The exponential function.
 *
 * Cost: 16 ns a row.
 */
export const exp = operator({
  name: 'exp',
  family: 'transform',
  version: 1,
  summary: 'Exponential',
  formula: 'e to the power of x[i]',
  source: 'TA-Lib EXP',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the result is not finite (values above 709)',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const power = elementary.exp(x[i]);
      out[i] = power < Infinity ? power : NaN;
    }
  },
});
