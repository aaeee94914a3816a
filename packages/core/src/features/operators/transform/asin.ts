import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Angle in radians, -pi/2 to pi/2, whose sine is the value.
 *
 * Cost: 14 ns a row.
 */
export const asin = operator({
  name: 'asin',
  family: 'transform',
  version: 1,
  summary: 'Arc sine',
  formula: 'asin(x[i])',
  source: 'TA-Lib ASIN',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the value is below -1 or above 1',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = elementary.asin(x[i]);
  },
});
