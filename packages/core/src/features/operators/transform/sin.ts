import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Sine of an angle in radians.
 *
 * Cost: 14 ns a row.
 */
export const sin = operator({
  name: 'sin',
  family: 'transform',
  version: 1,
  summary: 'Sine',
  formula: 'sin(x[i])',
  source: 'TA-Lib SIN',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = elementary.sin(x[i]);
  },
  instruction: { name: 'sin' },
});
