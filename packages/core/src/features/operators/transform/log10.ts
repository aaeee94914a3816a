import * as elementary from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Logarithm to the base of 10.
 *
 * Cost: 10 ns a row.
 */
export const log10 = operator({
  name: 'log10',
  family: 'transform',
  version: 1,
  summary: 'Decimal logarithm',
  formula: 'log10(x[i])',
  source: 'TA-Lib LOG10',
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
    for (let i = from; i < to; i++) out[i] = x[i] > 0 ? elementary.log10(x[i]) : NaN;
  },
});
