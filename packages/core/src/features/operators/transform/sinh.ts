import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Hyperbolic sine.
 *
 * Cost: 20 ns a row.
 */
export const sinh = operator({
  name: 'sinh',
  family: 'transform',
  version: 1,
  summary: 'Hyperbolic sine',
  formula: 'sinh(x[i])',
  source: 'TA-Lib SINH',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the result is not finite (values beyond 710)',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const result = elementary.sinh(x[i]);
      out[i] = Math.abs(result) < Infinity ? result : NaN;
    }
  },
});
