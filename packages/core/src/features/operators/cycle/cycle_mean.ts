import { operator } from '../../contract/operator.ts';

/** Longest cycle. */
const LONGEST = 50;

/**
 * Mean of the last cycle of values, its length rounded to rows: what moves with the cycle is averaged out.
 *
 * Cost: 2 ns a row for each row of the cycle.
 */
export const cycleMean = operator({
  name: 'cycle_mean',
  family: 'cycle',
  version: 1,
  summary: 'Mean over the length of the dominant cycle',
  formula: '(x[i-n+1] + ... + x[i]) / n with n = length[i], rounded, 1 to 50',
  source: 'inner part of TA-Lib HT_TRENDLINE',
  inputs: ['x', 'length'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: LONGEST }),
  nan: 'window',
  undefinedWhen: 'the length reaches back before the first row',
  history: () => LONGEST - 1,
  slots: () => 0,
  run: ({ in: { 0: x, 1: length }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const n = Math.max(1, Math.min(LONGEST, Math.floor(length[i] + 0.5)));
      let sum = 0;
      for (let k = 0; k < n; k++) sum += x[i - k];
      out[i] = length[i] === length[i] ? sum / n : NaN;
    }
  },
});
