import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Natural logarithm of one more than the value, accurate near 0: the usual way to tame volumes.
 *
 * Cost: 13 ns a row.
 */
export const log1p = operator({
  name: 'log1p',
  family: 'transform',
  version: 1,
  summary: 'Natural logarithm of 1 + x',
  formula: 'log(1 + x[i])',
  source: 'numpy.log1p',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the value is -1 or less',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = valueOf(x, i);
  },
  instruction: { name: 'log1p' },
});

function valueOf(x: Float64Array, i: number): number {
  return x[i] > -1 ? elementary.log1p(x[i]) : NaN;
}
