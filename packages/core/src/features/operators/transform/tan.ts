import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Tangent of an angle in radians.
 *
 * Cost: 16 ns a row.
 */
export const tan = operator({
  name: 'tan',
  family: 'transform',
  version: 1,
  summary: 'Tangent',
  formula: 'tan(x[i])',
  source: 'TA-Lib TAN',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = elementary.tan(x[i]);
  },
});
