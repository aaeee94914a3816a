import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Angle in radians, -pi/2 to pi/2, whose tangent is the value.
 *
 * Cost: 7 ns a row.
 */
export const atan = operator({
  name: 'atan',
  family: 'transform',
  version: 1,
  summary: 'Arc tangent',
  formula: 'atan(x[i])',
  source: 'TA-Lib ATAN',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = elementary.atan(x[i]);
  },
});
