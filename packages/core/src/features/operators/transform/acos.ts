import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Angle in radians, 0 to pi, whose cosine is the value.
 *
 * Cost: 14 ns a row.
 */
export const acos = operator({
  name: 'acos',
  family: 'transform',
  version: 1,
  summary: 'Arc cosine',
  formula: 'acos(x[i])',
  source: 'TA-Lib ACOS',
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
    for (let i = from; i < to; i++) out[i] = elementary.acos(x[i]);
  },
});
