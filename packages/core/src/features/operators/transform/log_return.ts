import { log } from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';
import { rowAt } from '../../../base/vectors/vectors.ts';

/**
 * Logarithm of the ratio to the row before.
 *
 * Cost: 12 ns a row.
 */
export const logReturn = operator({
  name: 'log_return',
  family: 'transform',
  version: 1,
  summary: 'Log return',
  formula: 'log(x[i] / x[i-1])',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  undefinedWhen: 'one of the two values is not positive',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = returnOf(x, i);
  },
  vector: ({ in: { 0: x }, out: { 0: out } }, from, to, vectors) => {
    for (let i = from; i < to; i++) {
      if (to - i > 1) i += vectors.logReturns(rowAt(x, i), rowAt(out, i), to - i);
      if (i < to) out[i] = returnOf(x, i);
    }
  },
});

function returnOf(x: Float64Array, i: number): number {
  return x[i] > 0 && x[i - 1] > 0 ? log(x[i] / x[i - 1]) : NaN;
}
