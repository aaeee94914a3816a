import { operator, period } from '../../contract/operator.ts';

/**
 * Change over `period` rows in percent; 0 where the older value is 0. The window is the two rows it reads: a NaN
 * between them does not matter.
 *
 * Cost: 1 ns a row.
 */
export const roc = operator({
  name: 'roc',
  family: 'momentum',
  version: 1,
  summary: 'Rate of change in percent',
  formula: '100 * (x[i] / x[i-period] - 1), 0 where x[i-period] = 0',
  source: 'TA-Lib ROC',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows between the two values')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      const value = x[i];
      const older = x[i - n];
      // value - value is 0 unless it is NaN: a NaN above a zero stays one.
      out[i] = older === 0 ? value - value : (value / older - 1) * 100;
    }
  },
  instruction: { name: 'roc' },
});
