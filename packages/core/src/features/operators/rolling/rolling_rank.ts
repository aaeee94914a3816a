import { operator, period } from '../../contract/operator.ts';

/**
 * Rank of the newest value among the last period values, as a fraction of the period: 1 for the only greatest. Equal
 * values share their average rank.
 *
 * Cost: about 50 ns a row for 20 rows, 430 for 200.
 */
export const rollingRank = operator({
  name: 'rolling_rank',
  family: 'rolling',
  version: 1,
  summary: 'Rolling rank of the newest value, 0 to 1',
  formula: '(values below + (values equal, itself included, + 1) / 2) / period',
  source: 'pandas Series.rolling.rank(pct=True)',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      const newest = x[i];
      let less = 0;
      let atMost = 0;
      let known = 0;
      for (let k = i - n + 1; k <= i; k++) {
        const value = x[k];
        less += Number(value < newest);
        atMost += Number(value <= newest);
        known += Number(value === value);
      }
      out[i] = known === n ? (less + atMost + 1) / (2 * n) : NaN;
    }
  },
});
