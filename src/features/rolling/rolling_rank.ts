import { operator, period } from '../operator.ts';

/**
 * Rank of the newest value among the last period values, as a fraction of the period: 1 for the only greatest. Equal
 * values share their average rank.
 *
 * Cost: 1 ns for each row of the window.
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
  run: ({ in: [x], out: [out], params: [n] }, from, to) => {
    for (let i = from; i < to; i++) {
      const newest = x[i];
      let below = 0;
      let equal = 0;
      let above = 0;
      for (let k = i - n + 1; k <= i; k++) {
        if (x[k] < newest) below++;
        else if (x[k] === newest) equal++;
        else if (x[k] > newest) above++;
      }
      // A NaN is none of the three.
      out[i] = below + equal + above === n ? (below + (equal + 1) / 2) / n : NaN;
    }
  },
});
