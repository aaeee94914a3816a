import { operator, period } from '../../contract/operator.ts';

/**
 * Share, in percent, of the `period` values before that are below the newest. `rolling_rank` counts the newest among them, and half of
 * its equals.
 *
 * Cost: about 1 ns per row of the window.
 */
export const percentrank = operator({
  name: 'percentrank',
  family: 'statistic',
  version: 1,
  summary: 'Percent rank of the newest value, 0 to 100',
  formula: '100 * (values of x[i-period], ..., x[i-1] below x[i]) / period',
  source: 'TA-Lib PERCENTRANK',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows before the current one')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      const newest = x[i];
      let below = 0;
      let known = 0;
      for (let k = i - n; k < i; k++) {
        below += Number(x[k] < newest);
        known += Number(x[k] === x[k]);
      }
      out[i] = known === n && newest === newest ? (below / n) * 100 : NaN;
    }
  },
});
