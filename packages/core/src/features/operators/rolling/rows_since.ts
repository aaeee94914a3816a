import { operator, period } from '../../contract/operator.ts';

/**
 * Rows since x was last equal to a level, the period if it was not in the window. With `max(x, period)` as level it is
 * the age of the maximum, of equal values the newest.
 *
 * Cost: 1 ns a row, and as much again for each row since.
 */
export const rowsSince = operator({
  name: 'rows_since',
  family: 'rolling',
  version: 1,
  summary: 'Rows since the value was last at a level',
  formula: 'least k < period with x[i-k] = level[i], else period',
  source: 'inner part of TA-Lib MAXINDEX, MININDEX, AROON',
  inputs: ['x', 'level'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  rowsRead: ([n]) => [n, 1],
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 1,
  run: ({ in: { 0: x, 1: level }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    // Rows without NaN up to now, at most the period.
    let clean = state[0];
    for (let i = from; i < to; i++) {
      const sought = level[i];
      if (clean < n) clean++;
      if (x[i] !== x[i]) clean = 0;
      if (clean < n || sought !== sought) {
        out[i] = NaN;
        continue;
      }
      let age = 0;
      while (age < n && x[i - age] !== sought) age++;
      out[i] = age;
    }
    state[0] = clean;
  },
});
