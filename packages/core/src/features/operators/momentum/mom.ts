import { operator, period } from '../../contract/operator.ts';

/**
 * Change over `period` rows. The window is the two rows it reads: a NaN between them does not matter.
 *
 * Cost: below 1 ns a row.
 */
export const mom = operator({
  name: 'mom',
  family: 'momentum',
  version: 1,
  summary: 'Momentum: change over period rows',
  formula: 'x[i] - x[i-period]',
  source: 'TA-Lib MOM',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows between the two values')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - n];
  },
});
