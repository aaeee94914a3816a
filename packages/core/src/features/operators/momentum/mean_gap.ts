import { operator, period } from '../../contract/operator.ts';

/**
 * Mean of the last `fast` rows less that of the last `slow`. Summed as distances from the newest value: the difference of two means
 * that were rounded at the level of the values has no digits left where it is small.
 *
 * Cost: about 1 ns per row of the longer window.
 */
export const meanGap = operator({
  name: 'mean_gap',
  family: 'momentum',
  version: 1,
  summary: 'Difference of two simple averages',
  formula: 'sma(x, fast) - sma(x, slow)',
  source: 'first step of TA-Lib AO',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows of the fast average', 'fast'), period(1, 'rows of the slow average', 'slow')],
  lookback: ([fast, slow]) => Math.max(fast, slow) - 1,
  memory: ([fast, slow]) => ({ class: 'finite', rows: Math.max(fast, slow) }),
  nan: 'window',
  history: ([fast, slow]) => Math.max(fast, slow) - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: fast, 1: slow } }, from, to) => {
    const short = Math.min(fast, slow);
    const long = Math.max(fast, slow);
    for (let i = from; i < to; i++) {
      const newest = x[i];
      let near = 0;
      let k = i;
      for (; k > i - short; k--) near += x[k] - newest;
      let far = near;
      for (; k > i - long; k--) far += x[k] - newest;
      const gap = near / short - far / long;
      out[i] = fast <= slow ? gap : -gap;
    }
  },
});
