import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Natural logarithm.
 *
 * Cost: 7 ns a row.
 */
export const log = operator({
  name: 'log',
  family: 'transform',
  version: 1,
  summary: 'Natural logarithm',
  formula: 'log(x[i])',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the value is not positive',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] > 0 ? elementary.log(x[i]) : NaN;
  },
  instruction: { name: 'log' },
});
